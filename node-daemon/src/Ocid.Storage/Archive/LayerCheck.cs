using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>What a layer on disk is, compared with the archive that it was unpacked from.</summary>
/// <param name="Archive">The digest of the archive that record and files make now.</param>
/// <param name="Differences">Every file that is not as the archive has it, in no particular order. Times are not compared.</param>
public sealed record LayerCheck(Digest Archive, IReadOnlyList<LayerDifference> Differences);
