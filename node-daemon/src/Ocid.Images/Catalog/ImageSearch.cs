using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Catalog;

/// <summary>Which image a text names.</summary>
internal static class ImageSearch
{
    private const int ShortestPrefix = 3;

    /// <param name="images">Those in the store.</param>
    /// <param name="text">An id, its beginning, or a name.</param>
    /// <param name="names">What the text means as a name, the likeliest first; without, as Docker reads it.</param>
    /// <exception cref="OcidException">InvalidArgument: several ids begin like this.</exception>
    public static ImageRecord? Find(IReadOnlyList<ImageRecord> images, string text, IReadOnlyList<ImageReference>? names = null)
    {
        names ??= ImageReference.TryParse(text, out var reference) ? [reference.WithDefaultTag()] : [];
        var id = text.StartsWith("sha256:", StringComparison.Ordinal) ? text["sha256:".Length..] : text;
        return images.FirstOrDefault(image => image.Id == id)
            ?? names.Select(name => ByName(images, name)).FirstOrDefault(found => found is not null)
            ?? ByPrefix(images, id);
    }

    /// <summary>The digests of every manifest that is kept with an image, its list's included.</summary>
    public static IEnumerable<Digest> ManifestDigests(ImageRecord image)
    {
        const string Prefix = "manifest-";
        var kept = image.BigDataSizes.Keys.Where(key => key.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(key => Digest.TryParse(key[Prefix.Length..], out var digest) ? digest : null).OfType<Digest>();
        return (image.Digest is null ? kept : kept.Append(image.Digest)).Distinct();
    }

    private static ImageRecord? ByName(IReadOnlyList<ImageRecord> images, ImageReference reference)
    {
        if (reference.Digest is null)
            return images.FirstOrDefault(image => image.Names.Contains(reference.ToString()));

        var name = reference.WithDigest(reference.Digest).ToString();
        return images.FirstOrDefault(image => image.Names.Contains(name))
            ?? images.FirstOrDefault(image => ManifestDigests(image).Contains(reference.Digest)
                && image.Names.Any(n => ImageReference.TryParse(n, out var parsed) && parsed.Name == reference.Name));
    }

    private static ImageRecord? ByPrefix(IReadOnlyList<ImageRecord> images, string prefix)
    {
        if (prefix.Length < ShortestPrefix)
            return null;

        var found = images.Where(image => image.Id.StartsWith(prefix, StringComparison.Ordinal)).Take(2).ToList();
        return found.Count < 2
            ? found.FirstOrDefault()
            : throw new OcidException(ErrorKind.InvalidArgument, $"image {Quoted.Text(prefix)}: several ids begin like this");
    }
}
