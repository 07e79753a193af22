namespace Ocid.Cluster.Api;

/// <summary>What an object must still be when it is deleted.</summary>
public sealed record Preconditions
{
    /// <summary>The very object, and not a later one of its name.</summary>
    public string? Uid { get; init; }

    /// <summary>Unchanged since this version.</summary>
    public string? ResourceVersion { get; init; }
}
