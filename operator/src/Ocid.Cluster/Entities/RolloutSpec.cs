using System.ComponentModel;
using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>How a change reaches the nodes.</summary>
public sealed class RolloutSpec
{
    /// <summary>How many nodes of the fleet may be unavailable, for whatever reason, when another one is touched: a number or a share.</summary>
    [Length(1, 4)]
    [ValidationRule("self.matches('^([1-9][0-9]{0,3}|[1-9][0-9]?%|100%)$')", message: "want a number of nodes such as 3, or a share such as 10%, and at least 1")]
    [DefaultValue("10%")]
    public string MaxUnavailable { get; set; } = "10%";

    /// <summary>How many nodes try a revision first; 0 is none.</summary>
    [RangeMinimum(0)]
    [RangeMaximum(100)]
    [DefaultValue(1)]
    public int Canary { get; set; } = 1;

    /// <summary>How long the canaries have to work before the others follow.</summary>
    [RangeMinimum(0)]
    [RangeMaximum(86400)]
    [DefaultValue(60)]
    public int SoakSeconds { get; set; } = 60;

    /// <summary>With so many nodes failed on a revision, no other node gets it.</summary>
    [RangeMinimum(1)]
    [RangeMaximum(1000)]
    [DefaultValue(1)]
    public int FailureBudget { get; set; } = 1;

    /// <summary>Not supported yet.</summary>
    public DrainSpec? Drain { get; set; }
}
