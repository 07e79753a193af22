using Ocid.Primitives;

namespace Ocid.Storage;

/// <summary>Data that the store keeps beside an image.</summary>
/// <param name="Key">Its key, such as <c>manifest</c>.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Digest">What it is found by, where that is not the SHA-256 digest of the bytes: a signed manifest's is of what was signed.</param>
public sealed record ImageBigData(string Key, ReadOnlyMemory<byte> Content, Digest? Digest = null);
