using Ocid.Primitives;

namespace Ocid.Images.Pushing;

/// <summary>An image that is in a registry.</summary>
/// <param name="Id">The digest of its configuration, the same as before.</param>
/// <param name="Reference">Where it is.</param>
/// <param name="ManifestDigest">The digest of the manifest there.</param>
public sealed record PushedImage(ImageId Id, ImageReference Reference, Digest ManifestDigest);
