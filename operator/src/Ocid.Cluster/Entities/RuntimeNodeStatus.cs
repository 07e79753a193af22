using k8s.Models;
using KubeOps.Abstractions.Entities.Attributes;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Cluster.Entities;

/// <summary>What a node's agent says.</summary>
public sealed class RuntimeNodeStatus
{
    /// <summary>The generation that this speaks of.</summary>
    [RangeMinimum(0)]
    public long? ObservedGeneration { get; set; }

    /// <summary>The revision in force.</summary>
    [Length(0, 16)]
    public string? CurrentRevision { get; set; }

    /// <summary>The last one that worked.</summary>
    [Length(0, 16)]
    public string? LastGoodRevision { get; set; }

    /// <summary>The last one that did not.</summary>
    [Length(0, 16)]
    public string? FailedRevision { get; set; }

    /// <summary>How far the node is.</summary>
    public NodePhase? Phase { get; set; }

    /// <summary>What the last step cost.</summary>
    public Disruption? Disruption { get; set; }

    /// <summary>Why the phase is what it is.</summary>
    [Length(0, 32768)]
    public string? Message { get; set; }

    /// <summary>What the node runs.</summary>
    public NodeRuntime? Runtime { get; set; }

    /// <summary>Whether the kubelet uses ocid.</summary>
    public bool? Serving { get; set; }

    /// <summary>The files that somebody else changed.</summary>
    [Items(0, 1024)]
    [ItemLength(0, 4096)]
    public IList<string>? Drift { get; set; }

    /// <summary>The steps, as conditions.</summary>
    [Items(0, 16)]
    [ListMapKey("type")]
    public IList<V1Condition>? Conditions { get; set; }
}
