using Ocid.Primitives;

namespace Ocid.Storage;

/// <summary>An image of the store.</summary>
public sealed record ImageRecord
{
    /// <summary>Its id as text; not every program uses the configuration's digest.</summary>
    public required string Id { get; init; }

    /// <summary>The digest of its manifest.</summary>
    public Digest? Digest { get; init; }

    /// <summary>Its names, normalised references.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Its topmost layer; null for an image without layers.</summary>
    public LayerId? TopLayer { get; init; }

    /// <summary>Copies of its topmost layer with other owners, for user namespaces.</summary>
    public IReadOnlyList<LayerId> MappedTopLayers { get; init; } = [];

    /// <summary>The root of the additional store that has it, from which it cannot be removed; null for this store's own.</summary>
    public string? ReadOnlyStore { get; init; }

    /// <summary>Its creator's data.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>What its creators marked it with.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The keys of its big data, with sizes in bytes.</summary>
    public IReadOnlyDictionary<string, long> BigDataSizes { get; init; } = new Dictionary<string, long>();

    /// <summary>The keys of its big data, with digests.</summary>
    public IReadOnlyDictionary<string, Digest> BigDataDigests { get; init; } = new Dictionary<string, Digest>();

    /// <summary>When its builder says that it was made.</summary>
    public DateTimeOffset? Created { get; init; }
}
