using System.Text.Json;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Manifests;

/// <summary>What a registry answered for a name: an image of one platform, or a list of them.</summary>
internal sealed class ManifestDocument
{
    private readonly ManifestWire _wire;

    private ManifestDocument(ReadOnlyMemory<byte> bytes, string mediaType, ManifestWire wire) =>
        (Bytes, MediaType, Digest, _wire) = (bytes, mediaType, Digest.Sha256(bytes.Span), wire);

    /// <summary>The text exactly as it was received: its digest is its identity.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public string MediaType { get; }

    public Digest Digest { get; }

    public bool IsList => MediaTypes.IsList(MediaType);

    /// <summary>The configuration, of an image.</summary>
    public Descriptor Config => _wire.Config!;

    /// <summary>The layers, bottom first, of an image.</summary>
    public IReadOnlyList<Descriptor> Layers => _wire.Layers!;

    /// <summary>The images, of a list.</summary>
    public IReadOnlyList<Descriptor> Images => _wire.Manifests!;

    /// <param name="bytes">The body of the answer.</param>
    /// <param name="contentType">What the registry says that it is; null or empty where it does not.</param>
    /// <exception cref="OcidException">DataLoss: malformed, or its parts contradict one another. Unimplemented: of a kind that is no image.</exception>
    public static ManifestDocument Parse(ReadOnlyMemory<byte> bytes, string? contentType)
    {
        var wire = Read(bytes.Span);
        var mediaType = AgreedType(wire, contentType);
        // A document that could be read as either kind would be one image to us and another to whoever checked it (2021-41190).
        var ambiguous = MediaTypes.IsList(mediaType)
            ? wire.Manifests is null || wire.Config is not null || wire.Layers is not null
            : wire.Manifests is not null || wire.Config is null || wire.Layers is null;
        if (ambiguous || wire.FsLayers is not null || wire.SchemaVersion != 2)
            throw new OcidException(ErrorKind.DataLoss, $"manifest: the content is not that of {mediaType}");
        if ((wire.Layers ?? wire.Manifests)!.Concat(wire.Config is null ? [] : [wire.Config]).Any(d => d.Size < 0))
            throw new OcidException(ErrorKind.DataLoss, "manifest: a size is negative");
        return new ManifestDocument(bytes, mediaType, wire);
    }

    /// <summary>Checks that it is the one that a digest names.</summary>
    /// <exception cref="OcidException">DataLoss: it is another.</exception>
    public void Verify(string what, Digest wanted) => BlobDigest.Verify(what, wanted, Bytes.Span);

    private static ManifestWire Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ManifestJson.Default.ManifestWire) ?? throw new OcidException(ErrorKind.DataLoss, "manifest: null");
        }
        catch (JsonException malformed)
        {
            throw new OcidException(ErrorKind.DataLoss, $"manifest: {malformed.Message}", malformed);
        }
    }

    private static string AgreedType(ManifestWire wire, string? contentType)
    {
        var declared = wire.MediaType;
        var known = contentType is not null && (MediaTypes.IsList(contentType) || MediaTypes.IsManifest(contentType));
        if (known && !string.IsNullOrEmpty(declared) && declared != contentType)
            throw new OcidException(ErrorKind.DataLoss, $"manifest: served as {contentType}, but says that it is {Quoted.Text(declared)}");

        var mediaType = known ? contentType! : !string.IsNullOrEmpty(declared) ? declared : wire.Manifests is null ? MediaTypes.OciManifest : MediaTypes.OciIndex;
        if (wire.SchemaVersion == 1)
            throw new OcidException(ErrorKind.Unimplemented, "manifest: schema 1 images are not supported");
        return MediaTypes.IsList(mediaType) || MediaTypes.IsManifest(mediaType)
            ? mediaType
            : throw new OcidException(ErrorKind.Unimplemented, $"manifest: {Quoted.Text(mediaType)} is no image");
    }
}
