using Ocid.Primitives;

namespace Ocid.Storage;

/// <summary>One layer of an image to commit.</summary>
public sealed record CommittedLayer
{
    /// <summary>The digest of its uncompressed archive, verified.</summary>
    public required Digest DiffId { get; init; }

    /// <summary>The length of its uncompressed archive.</summary>
    public long UncompressedSize { get; init; }

    /// <summary>The digest of its blob.</summary>
    public Digest? CompressedDigest { get; init; }

    /// <summary>The length of its blob.</summary>
    public long CompressedSize { get; init; }

    /// <summary>How its blob was compressed.</summary>
    public LayerCompression Compression { get; init; }

    /// <summary>Its unpacked content; null when the store has the layer.</summary>
    public LayerStaging? Staged { get; init; }

    /// <summary>Every owner of one of its files.</summary>
    public IReadOnlyList<uint> UserIds { get; init; } = [];

    /// <summary>Every group of one of its files.</summary>
    public IReadOnlyList<uint> GroupIds { get; init; } = [];
}
