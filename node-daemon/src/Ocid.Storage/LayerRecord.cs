using Ocid.Primitives;

namespace Ocid.Storage;

/// <summary>A layer of the store.</summary>
public sealed record LayerRecord
{
    /// <summary>Its id.</summary>
    public required LayerId Id { get; init; }

    /// <summary>The layer below, null for the lowest.</summary>
    public LayerId? Parent { get; init; }

    /// <summary>The digest of its uncompressed archive; null for a writable layer.</summary>
    public Digest? DiffId { get; init; }

    /// <summary>The length of its uncompressed archive.</summary>
    public long UncompressedSize { get; init; }

    /// <summary>The digest of the blob it came from.</summary>
    public Digest? CompressedDigest { get; init; }

    /// <summary>The length of the blob it came from.</summary>
    public long CompressedSize { get; init; }

    /// <summary>When it came into the store.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Its creator's data.</summary>
    public string Metadata { get; init; } = "";

    /// <summary>The keys of the data that the store keeps beside it.</summary>
    public IReadOnlyList<string> BigDataNames { get; init; } = [];

    /// <summary>The root of the additional store that has it, where it stays as it is; null for this store's own.</summary>
    public string? ReadOnlyStore { get; init; }

    /// <summary>It is being made or deleted, and is not to be used.</summary>
    public bool Incomplete { get; init; }
}
