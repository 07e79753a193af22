using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>What was learnt from unpacking a layer.</summary>
/// <param name="DiffId">The SHA-256 digest of the uncompressed archive.</param>
/// <param name="UncompressedSize">Its length in bytes.</param>
/// <param name="UserIds">Every owner of an entry, ascending.</param>
/// <param name="GroupIds">Every group of an entry, ascending.</param>
public sealed record ExtractedLayer(Digest DiffId, long UncompressedSize, IReadOnlyList<uint> UserIds, IReadOnlyList<uint> GroupIds);
