namespace Ocid.Cluster.Api;

/// <summary>All that a bookmark says.</summary>
internal sealed record BookmarkObject
{
    public ListMetadata Metadata { get; init; } = new();
}
