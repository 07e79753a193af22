using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Signatures;

/// <summary>The signatures of one manifest, as the store keeps them.</summary>
internal sealed class SignatureSet(Digest manifest, IReadOnlyList<ImageSignature> signatures)
{
    private const string UnnamedKey = "signatures";

    private readonly IReadOnlyList<byte[]> _blobs = [.. signatures.Where(signature => signature is not UnknownSignature).Select(signature => signature.ToBlob())];

    /// <summary>All of them, one after the other; <see cref="Metadata"/> has the sizes.</summary>
    public ImageBigData BigData => new(KeyOf(manifest), All);

    /// <summary>The same once more, under the key by which peers find the signatures of an image that they name without a digest; none where there are none.</summary>
    public IEnumerable<ImageBigData> Unnamed => _blobs.Count == 0 ? [] : [new(UnnamedKey, All)];

    /// <summary>The image's metadata in the store.</summary>
    public string Metadata => "{" + (_blobs.Count == 0 ? "" : $"\"signature-sizes\":[{Sizes}],") + $"\"signatures-sizes\":{{\"{manifest}\":[{Sizes}]}}" + "}";

    private byte[] All => [.. _blobs.SelectMany(blob => blob)];

    private string Sizes => string.Join(',', _blobs.Select(blob => blob.Length));

    /// <summary>The key of the store under which a manifest's signatures are.</summary>
    public static string KeyOf(Digest manifest) => $"signature-{manifest.Hex}";
}
