using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>How a node's pods leave it. Refused by name until a change can need it.</summary>
public sealed class DrainSpec
{
    /// <summary>How long the pods have.</summary>
    [RangeMinimum(1)]
    [RangeMaximum(86400)]
    public int? TimeoutSeconds { get; set; }
}
