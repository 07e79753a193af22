using System.Text.Json;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Manifests;

/// <summary>What a registry answered for a name: an image of one platform, a list of them, or an artifact that is no image.</summary>
internal sealed class ManifestDocument
{
    private readonly ManifestWire _wire;
    private readonly ReadOnlyMemory<byte> _digested;

    private ManifestDocument(ReadOnlyMemory<byte> bytes, string mediaType, ManifestWire wire, IReadOnlyList<Descriptor>? layers = null)
    {
        (Bytes, MediaType, _wire) = (bytes, mediaType, wire);
        _digested = Schema1Payload.Of(bytes, wire.Signatures);
        Digest = Digest.Sha256(_digested.Span);
        Schema1 = wire.FsLayers is null ? null : Schema1Manifest.Of(wire.FsLayers, wire.History!);
        Layers = layers ?? wire.Layers ?? [.. (Schema1?.Layers ?? []).Select(OldLayer)];
    }

    /// <summary>The text exactly as it was received.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public string MediaType { get; }

    /// <summary>The digest of the text, which is its identity; of a signed schema 1 manifest, of the text without the signatures.</summary>
    public Digest Digest { get; }

    public bool IsList => MediaTypes.IsList(MediaType);

    /// <summary>How its configuration is made, of an image that has none of its own; null of every other.</summary>
    public Schema1Manifest? Schema1 { get; }

    /// <summary>The configuration of an image or an artifact.</summary>
    /// <exception cref="OcidException">FailedPrecondition: a schema 1 manifest, or a list.</exception>
    public Descriptor Config => _wire.Config ?? throw new OcidException(ErrorKind.FailedPrecondition, $"manifest {Digest}: {MediaType} has no configuration of its own");

    /// <summary>The layers of an image, bottom first, or the parts of an artifact. Those of a schema 1 manifest are of <see cref="Descriptor.UnknownSize"/>.</summary>
    public IReadOnlyList<Descriptor> Layers { get; }

    /// <summary>The images of a list.</summary>
    public IReadOnlyList<Descriptor> Images => _wire.Manifests ?? [];

    /// <summary>What it is about, of a signature or the like.</summary>
    public Descriptor? Subject => _wire.Subject;

    public IReadOnlyDictionary<string, string>? Annotations => _wire.Annotations;

    /// <summary>The kind of an artifact; null of an image, and of a list.</summary>
    public string? ArtifactType =>
        _wire.Config is not { } config || MediaTypes.IsImageConfig(config.MediaType) ? null
        : string.IsNullOrEmpty(_wire.ArtifactType) ? config.MediaType
        : _wire.ArtifactType;

    /// <param name="bytes">The body of the answer.</param>
    /// <param name="contentType">What the registry says that it is; null or empty where it does not.</param>
    /// <exception cref="OcidException">DataLoss: malformed, or its parts contradict one another. Unimplemented: of a kind that is not known.</exception>
    public static ManifestDocument Parse(ReadOnlyMemory<byte> bytes, string? contentType)
    {
        var wire = Read(bytes.Span);
        var mediaType = AgreedType(wire, contentType);
        // A document that could be read as either kind would be one image to us and another to whoever checked it (2021-41190).
        var (old, list) = (MediaTypes.IsSchema1(mediaType), MediaTypes.IsList(mediaType));
        var agrees = wire.SchemaVersion == (old ? 1 : 2)
            && old == wire.FsLayers is not null && old == wire.History is not null && (old || wire.Signatures is null)
            && list == wire.Manifests is not null
            && (old || list) == wire.Config is null && (old || list) == wire.Layers is null;
        if (!agrees)
            throw new OcidException(ErrorKind.DataLoss, $"manifest: the content is not that of {mediaType}");
        if ((wire.Layers ?? wire.Manifests ?? []).Append(wire.Config).Append(wire.Subject).Any(d => d?.Size < 0))
            throw new OcidException(ErrorKind.DataLoss, "manifest: a size is negative");
        return new ManifestDocument(bytes, mediaType, wire);
    }

    /// <summary>The same document of a schema 1 image, with what it does not say: then it is as complete as every other.</summary>
    /// <param name="config">The configuration that was made of it.</param>
    /// <param name="layers">Its layers with their sizes.</param>
    public ManifestDocument Completed(Descriptor config, IReadOnlyList<Descriptor> layers) => new(Bytes, MediaType, _wire with { Config = config }, layers);

    /// <summary>Checks that it is the one that a digest names.</summary>
    /// <exception cref="OcidException">DataLoss: it is another.</exception>
    public void Verify(string what, Digest wanted) => BlobDigest.Verify(what, wanted, _digested.Span);

    /// <summary>Checks that it can be run.</summary>
    /// <exception cref="OcidException">InvalidArgument: it is an artifact, of the kind that the message names.</exception>
    public void RequireImage(ImageReference reference)
    {
        if (ArtifactType is { } type)
            throw new OcidException(ErrorKind.InvalidArgument, $"image {reference}: this is an artifact of type {Quoted.Text(type)}, no container image");
    }

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
        var declared = string.IsNullOrEmpty(wire.MediaType) ? null : wire.MediaType;
        var served = contentType is not null && IsKnown(contentType) ? contentType : null;
        if (served is not null && declared is not null && served != declared && !(MediaTypes.IsSchema1(served) && MediaTypes.IsSchema1(declared)))
            throw new OcidException(ErrorKind.DataLoss, $"manifest: served as {contentType}, but says that it is {Quoted.Text(declared)}");

        var mediaType = served ?? declared ?? OwnType(wire);
        if (!IsKnown(mediaType))
            throw new OcidException(ErrorKind.Unimplemented, $"manifest: {Quoted.Text(mediaType)} is no image");
        // With or without signatures, whatever the registry says.
        return MediaTypes.IsSchema1(mediaType) ? wire.Signatures is { Count: > 0 } ? MediaTypes.DockerSchema1Signed : MediaTypes.DockerSchema1 : mediaType;
    }

    private static string OwnType(ManifestWire wire) =>
        wire.SchemaVersion == 1 ? MediaTypes.DockerSchema1
        : wire.Manifests is null ? MediaTypes.OciManifest
        : MediaTypes.OciIndex;

    private static bool IsKnown(string mediaType) => MediaTypes.IsList(mediaType) || MediaTypes.IsManifest(mediaType) || MediaTypes.IsSchema1(mediaType);

    private static Descriptor OldLayer(Digest digest) => new() { MediaType = MediaTypes.DockerLayer, Digest = digest, Size = Descriptor.UnknownSize };
}
