using k8s.Models;
using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>What the operator found and did.</summary>
public sealed class RuntimeConfigStatus
{
    /// <summary>The generation that this speaks of.</summary>
    [RangeMinimum(0)]
    public long? ObservedGeneration { get; set; }

    /// <summary>The revision that most of the selected nodes are to have.</summary>
    [Length(0, 16)]
    public string? Revision { get; set; }

    /// <summary>How many nodes it selects.</summary>
    [RangeMinimum(0)]
    public int? Matched { get; set; }

    /// <summary>How many of them have what they are to have.</summary>
    [RangeMinimum(0)]
    public int? Updated { get; set; }

    /// <summary>How many of them are not well.</summary>
    [RangeMinimum(0)]
    public int? Degraded { get; set; }

    /// <summary>What the step from what the nodes have costs them.</summary>
    public PlanStatus? Plan { get; set; }

    /// <summary>Accepted, Rendered, Progressing, Available, Degraded, Serving, Ready.</summary>
    [Items(0, 16)]
    [ListMapKey("type")]
    public IList<V1Condition>? Conditions { get; set; }
}
