using Ocid.Primitives;

namespace Ocid.Images.Pulling;

/// <summary>How far a pull is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Blob">The layer that this is about, or null for the whole image.</param>
/// <param name="Transferred">Compressed bytes received of that layer.</param>
/// <param name="Total">Its compressed size.</param>
public sealed record PullProgress(PullStage Stage, Digest? Blob = null, long Transferred = 0, long Total = 0);
