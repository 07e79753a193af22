using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>What a node runs.</summary>
public sealed class NodeRuntime
{
    /// <summary>ocid's version.</summary>
    [Length(0, 64)]
    public string? Version { get; set; }

    /// <summary>The OCI runtimes by their handlers' names.</summary>
    [Items(0, 32)]
    [ItemLength(0, 63)]
    public IList<string>? Handlers { get; set; }

    /// <summary>The kernel's release.</summary>
    [Length(0, 128)]
    public string? Kernel { get; set; }

    /// <summary>The processor's architecture, as the kubelet names it.</summary>
    [Length(0, 16)]
    public string? Arch { get; set; }
}
