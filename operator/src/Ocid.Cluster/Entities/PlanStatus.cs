using KubeOps.Abstractions.Entities.Attributes;
using Ocid.Revisions;

namespace Ocid.Cluster.Entities;

/// <summary>What the step from what the nodes have costs them.</summary>
public sealed class PlanStatus
{
    /// <summary>The most that one of them has to bear.</summary>
    public Disruption? Disruption { get; set; }

    /// <summary>How many nodes have a step before them.</summary>
    [RangeMinimum(0)]
    public int? Nodes { get; set; }

    /// <summary>Which files change, at most 32.</summary>
    [Items(0, 32)]
    [ItemLength(0, 1200)]
    public IList<string>? Changes { get; set; }
}
