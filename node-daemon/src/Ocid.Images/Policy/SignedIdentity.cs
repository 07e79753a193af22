using Ocid.Primitives;

namespace Ocid.Images.Policy;

/// <summary>For which name an image must have been signed.</summary>
/// <remarks>https://github.com/containers/image/blob/main/docs/containers-policy.json.5.md#signedby</remarks>
internal abstract record SignedIdentity
{
    /// <summary>Whether a signature for <paramref name="signed"/> is one for the image that was asked for.</summary>
    /// <param name="asked">With a tag or a digest, not both.</param>
    /// <param name="signed">As it stands in the signature.</param>
    public bool Accepts(ImageReference asked, string signed) => ImageReference.TryParse(signed, out var name) && Accepts(asked, name);

    protected abstract bool Accepts(ImageReference asked, ImageReference signed);

    protected static bool IsNameOnly(ImageReference reference) => reference.Tag is null && reference.Digest is null;

    /// <summary>The same name and tag.</summary>
    public sealed record MatchExact : SignedIdentity
    {
        protected override bool Accepts(ImageReference asked, ImageReference signed) => !IsNameOnly(asked) && asked == signed;
    }

    /// <summary>The same name and tag; the same repository where a digest was asked for, which the signature names anyway.</summary>
    public sealed record MatchRepoDigestOrExact : SignedIdentity
    {
        protected override bool Accepts(ImageReference asked, ImageReference signed) =>
            !IsNameOnly(signed) && (asked.Tag is not null ? asked == signed : asked.Digest is not null && asked.Name == signed.Name);

        internal static bool Matches(ImageReference asked, ImageReference signed) => new MatchRepoDigestOrExact().Accepts(asked, signed);
    }

    /// <summary>The same repository, whatever the tag.</summary>
    public sealed record MatchRepository : SignedIdentity
    {
        protected override bool Accepts(ImageReference asked, ImageReference signed) => asked.Name == signed.Name;
    }

    /// <summary>This name, whatever was asked for.</summary>
    public sealed record ExactReference(ImageReference Reference) : SignedIdentity
    {
        protected override bool Accepts(ImageReference asked, ImageReference signed) => Reference == signed;
    }

    /// <summary>This repository, whatever was asked for.</summary>
    public sealed record ExactRepository(ImageReference Repository) : SignedIdentity
    {
        protected override bool Accepts(ImageReference asked, ImageReference signed) => Repository.Name == signed.Name;
    }

    /// <summary>What was asked for, with the beginning of its name exchanged: a mirror's name for the one that was signed.</summary>
    public sealed record RemapIdentity(string Prefix, string SignedPrefix) : SignedIdentity
    {
        protected override bool Accepts(ImageReference asked, ImageReference signed)
        {
            if (asked.Name != Prefix && !asked.Name.StartsWith(Prefix + "/", StringComparison.Ordinal))
                return MatchRepoDigestOrExact.Matches(asked, signed);
            var text = SignedPrefix + asked.ToString()[Prefix.Length..];
            return ImageReference.TryParse(text, out var mapped) && mapped.ToString() == text && MatchRepoDigestOrExact.Matches(mapped, signed);
        }
    }
}
