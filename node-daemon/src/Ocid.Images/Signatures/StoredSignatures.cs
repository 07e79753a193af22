using System.Text.Json;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Signatures;

/// <summary>The signatures that the store keeps of an image, whichever program pulled it.</summary>
internal sealed class StoredSignatures(Store store, ImageId image, string metadata) : ISignatureSource
{
    public async Task<IReadOnlyList<ImageSignature>> FindAsync(Digest manifest, bool needed, CancellationToken ct)
    {
        var sizes = Sizes(manifest);
        if (sizes.Count == 0)
            return [];
        var all = await store.ReadImageBigDataAsync(image, SignatureSet.KeyOf(manifest), ct);
        if (all.Length != sizes.Sum(size => (long)size))
            throw new OcidException(ErrorKind.DataLoss, $"image {image}: its signatures are {all.Length} bytes, not {sizes.Sum(size => (long)size)}");

        var found = new List<ImageSignature>();
        var at = 0;
        foreach (var size in sizes)
        {
            found.Add(ImageSignature.FromBlob(all[at..(at + size)]));
            at += size;
        }

        return found;
    }

    private List<int> Sizes(Digest manifest)
    {
        try
        {
            using var json = JsonDocument.Parse(metadata.Length > 0 ? metadata : "{}");
            return json.RootElement.TryGetProperty("signatures-sizes", out var all) && all.TryGetProperty(manifest.ToString(), out var sizes)
                ? [.. sizes.EnumerateArray().Select(size => size.GetInt32() is var length and >= 0 ? length : throw new FormatException())]
                : [];
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException)
        {
            throw new OcidException(ErrorKind.DataLoss, $"image {image}: its metadata is malformed", malformed);
        }
    }
}
