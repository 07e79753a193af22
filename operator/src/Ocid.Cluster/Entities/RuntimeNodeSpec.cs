using System.ComponentModel;
using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>What the operator asks of a node.</summary>
public sealed class RuntimeNodeSpec
{
    /// <summary>The revision that the node is to have; absent: none yet.</summary>
    [Length(0, 16)]
    [Pattern("^([0-9a-f]{16})?$")]
    public string? DesiredRevision { get; set; }

    /// <summary>The RuntimeConfigs that it was made of, each as name@generation.</summary>
    [Items(0, 64)]
    [ItemLength(1, 280)]
    public IList<string>? Sources { get; set; }

    /// <summary>Everything that ocid put onto the node is to be taken away.</summary>
    [DefaultValue(false)]
    public bool Release { get; set; }
}
