using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>A signature that was made.</summary>
/// <param name="Manifest">What it signs.</param>
/// <param name="Place">Where it is: a file, or a reference in the registry.</param>
public sealed record WrittenSignature(Digest Manifest, string Place);
