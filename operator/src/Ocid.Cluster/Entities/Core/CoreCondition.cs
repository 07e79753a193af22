namespace Ocid.Cluster.Entities.Core;

/// <summary>A condition of a Node or a Pod.</summary>
public sealed record CoreCondition
{
    /// <summary>What it is about.</summary>
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    public string Status { get; init; } = "";
}
