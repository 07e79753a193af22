using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>The daemon's other settings.</summary>
public sealed class SettingsSpec
{
    /// <summary>How much it says.</summary>
    public LogLevel? LogLevel { get; set; }

    /// <summary>How many processes a container may have; 0 is no limit.</summary>
    [RangeMinimum(0)]
    [RangeMaximum(4194304)]
    public long? PidsLimit { get; set; }

    /// <summary>A pull that gets nothing for so long is given up.</summary>
    [Length(2, 16)]
    [Pattern("^[1-9][0-9]*(ms|s|m|h)$")]
    public string? PullProgressTimeout { get; set; }

    /// <summary>Where metrics are answered: an address and a port.</summary>
    [Length(3, 64)]
    [Pattern(@"^(\[[0-9a-fA-F:.]+\]|[0-9a-zA-Z.-]+):[0-9]{1,5}$")]
    public string? MetricsAddress { get; set; }
}
