namespace Ocid.Cluster.Api;

/// <summary>Objects of a resource at one moment.</summary>
/// <typeparam name="T">The object.</typeparam>
public sealed record ObjectList<T>
{
    /// <summary>Of which moment.</summary>
    public ListMetadata Metadata { get; init; } = new();

    /// <summary>The objects; null where a server leaves out an empty list.</summary>
    public IReadOnlyList<T>? Items { get; init; } = [];
}
