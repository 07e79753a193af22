using Ocid.Primitives;

namespace Ocid.Networking;

/// <summary>A pod to be attached to the default network.</summary>
public sealed record PodNetworkRequest
{
    /// <summary>The sandbox.</summary>
    public required PodSandboxId Id { get; init; }

    /// <summary>The pod's Kubernetes namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The pod's name.</summary>
    public required string Name { get; init; }

    /// <summary>The pod's UID.</summary>
    public required string Uid { get; init; }

    /// <summary>The pin of the pod's network namespace.</summary>
    public required string NetworkNamespacePath { get; init; }

    /// <summary>The interface's name in the pod.</summary>
    public string InterfaceName { get; init; } = "eth0";

    /// <summary>Host ports; those with host port 0 are left out.</summary>
    public IReadOnlyList<PortMapping> PortMappings { get; init; } = [];

    /// <summary>Limits, from <see cref="PodBandwidth.FromAnnotations"/>.</summary>
    public PodBandwidth? Bandwidth { get; init; }

    /// <summary>Resolver settings.</summary>
    public PodDns? Dns { get; init; }

    /// <summary>Addresses asked for, in CIDR notation; normally none.</summary>
    public IReadOnlyList<string> Ips { get; init; } = [];

    /// <summary>Hardware address asked for; normally none.</summary>
    public string? Mac { get; init; }

    /// <summary>The pod's cgroup.</summary>
    public string? CgroupPath { get; init; }

    /// <summary>The pod's annotations, for plugins that declare <c>io.kubernetes.cri.pod-annotations</c>.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
