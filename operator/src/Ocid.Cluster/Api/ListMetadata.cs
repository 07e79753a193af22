namespace Ocid.Cluster.Api;

/// <summary>Of which moment a list is, and whether there is more of it.</summary>
public sealed record ListMetadata
{
    /// <summary>What a watch begins after.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>Asks for the next page; null or empty on the last.</summary>
    public string? Continue { get; init; }
}
