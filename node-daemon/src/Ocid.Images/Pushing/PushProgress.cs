using Ocid.Primitives;

namespace Ocid.Images.Pushing;

/// <summary>How far a push is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Layer">The diff id of the layer that this is about, or null for the whole image.</param>
/// <param name="Read">Bytes of that layer's uncompressed archive that were read.</param>
/// <param name="Total">Its uncompressed size; zero where the store does not know.</param>
public sealed record PushProgress(PushStage Stage, Digest? Layer = null, long Read = 0, long Total = 0);
