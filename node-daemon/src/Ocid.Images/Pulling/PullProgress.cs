using Ocid.Primitives;

namespace Ocid.Images.Pulling;

/// <summary>How far a pull is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Blob">The layer that this is about, or null for the whole image.</param>
/// <param name="Transferred">Compressed bytes of that layer that are here.</param>
/// <param name="Total">Its compressed size.</param>
/// <param name="Fetched">Of those that are here, the ones that this pull fetched. Where a layer has to come anew, it begins at nothing again.</param>
public sealed record PullProgress(PullStage Stage, Digest? Blob = null, long Transferred = 0, long Total = 0, long Fetched = 0);
