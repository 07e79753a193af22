using Ocid.Primitives;

namespace Ocid.Images.Pulling;

/// <summary>An image that is in the store.</summary>
/// <param name="Id">The digest of its configuration.</param>
/// <param name="Reference">The name that it was pulled by, with its tag or digest.</param>
/// <param name="ManifestDigest">The digest of what the registry answered for that name: of the index, where the image has several platforms.</param>
public sealed record PulledImage(ImageId Id, ImageReference Reference, Digest ManifestDigest);
