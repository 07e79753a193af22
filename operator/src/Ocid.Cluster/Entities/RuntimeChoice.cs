using KubeOps.Abstractions.Entities.Attributes;
using Ocid.Revisions;

namespace Ocid.Cluster.Entities;

/// <summary>The runtime itself.</summary>
public sealed class RuntimeChoice
{
    /// <summary>The version that the nodes run.</summary>
    [Length(1, 64)]
    [Pattern(@"^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$")]
    public string? Version { get; set; }

    /// <summary>Managed: the agent puts the program onto the host. Preinstalled: the host has it.</summary>
    public InstallMode? Install { get; set; }

    /// <summary>Keep leaves the kubelet with the runtime that it has.</summary>
    [ValidationRule("self != 'Switch'", message: "Switch is not supported yet: use Keep, which leaves the kubelet with the runtime that it has")]
    public KubeletMode? Kubelet { get; set; }
}
