using Ocid.Images.Manifests;
using Ocid.Images.Signatures;
using Ocid.Primitives;

namespace Ocid.Images.Policy;

/// <summary>What a policy decides about.</summary>
/// <param name="Asked">What was asked for, before any mirror or rewriting. Where it has a tag and a digest, the digest counts.</param>
/// <param name="Manifest">The manifest of the one platform that is to run.</param>
/// <param name="Signatures">Where its signatures come from.</param>
internal sealed record PolicySubject(ImageReference Asked, ManifestDocument Manifest, ISignatureSource Signatures)
{
    /// <summary>The name that scopes and identities are compared with.</summary>
    public ImageReference Identity { get; } = Asked.Digest is { } digest ? Asked.WithDigest(digest) : Asked.WithDefaultTag();
}
