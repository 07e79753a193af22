using Ocid.Images.Catalog;
using Ocid.Images.Manifests;
using Ocid.Images.Pulling;
using Ocid.Images.Pushing;
using Ocid.Images.Registries;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Inspection;

/// <summary>Looks at images without pulling them: documents are read, layers are not.</summary>
/// <param name="store">For images in the store.</param>
/// <param name="registries">How registries are spoken to.</param>
public sealed class ImageInspector(Store store, ImageRegistries registries)
{
    /// <summary>Describes an image in a registry.</summary>
    /// <exception cref="OcidException">NotFound, Unavailable, PermissionDenied: as a pull. InvalidArgument: it is no container image.</exception>
    public async Task<ImageInspection> InspectAsync(ImageReference image, InspectOptions options, CancellationToken ct)
    {
        using var source = await OpenAsync(image, options, ct);
        var manifest = await ManifestAsync(source, options, ct);
        // What schema 1 says of an image needs none of its layers, its configuration does.
        var read = manifest.Schema1 is { } old ? new InspectedImage(source.Named, manifest, old.Description()) : await ReadAsync(source, manifest, ct);
        var inspection = read.Describe() with { Name = source.Asked.Name };
        return options.ListTags ? inspection with { RepoTags = await TagsAsync(source, ct) } : inspection;
    }

    /// <summary>The manifest or list that a name stands for, byte for byte.</summary>
    /// <exception cref="OcidException">NotFound, Unavailable, PermissionDenied: as a pull.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadManifestAsync(ImageReference image, InspectOptions options, CancellationToken ct)
    {
        using var source = await OpenAsync(image, options, ct);
        return source.Named.Bytes;
    }

    /// <summary>The configuration, byte for byte.</summary>
    /// <exception cref="OcidException">NotFound, Unavailable, PermissionDenied: as a pull.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadConfigurationAsync(ImageReference image, InspectOptions options, CancellationToken ct)
    {
        using var source = await OpenAsync(image, options, ct);
        return (await ReadAsync(source, await ManifestAsync(source, options, ct), ct)).Config;
    }

    /// <summary>A configuration as JSON with what the image specification has, and nothing else.</summary>
    /// <exception cref="OcidException">DataLoss: it is none.</exception>
    public static string DescribeConfiguration(ReadOnlyMemory<byte> configuration) => ConfigurationText.Of(configuration);

    /// <summary>Describes an image of the store.</summary>
    /// <exception cref="OcidException">NotFound: no such image. DataLoss: its records contradict one another.</exception>
    public async Task<ImageInspection> InspectAsync(string image, CancellationToken ct)
    {
        var stored = await StoredAsync(image, ct);
        var local = await new ImageCatalog(store).FindAsync(stored.Id.Value, ct) ?? throw new OcidException(ErrorKind.NotFound, $"image {stored.Id}: deleted meanwhile");
        return new InspectedImage(stored.Manifest, stored.Manifest, stored.Config).Describe() with
        {
            Id = stored.Id.Value,
            RepoTags = local.RepoTags,
            RepoDigests = local.RepoDigests,
            Size = local.Size,
        };
    }

    /// <summary>The manifest of an image of the store, byte for byte.</summary>
    /// <exception cref="OcidException">NotFound: no such image. DataLoss: its records contradict one another.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadManifestAsync(string image, CancellationToken ct) => (await StoredAsync(image, ct)).Original.Bytes;

    /// <summary>The configuration of an image of the store, byte for byte.</summary>
    /// <exception cref="OcidException">NotFound: no such image. DataLoss: its records contradict one another.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadConfigurationAsync(string image, CancellationToken ct) => (await StoredAsync(image, ct)).Config;

    private Task<StoredImage> StoredAsync(string image, CancellationToken ct) => StoredImage.ReadAsync(store, image, ct, registries.NamesInStore(image));

    private Task<ImageSource> OpenAsync(ImageReference image, InspectOptions options, CancellationToken ct) =>
        registries.OpenAsync(image.WithDefaultTag(), new EndpointAccess { Credentials = options.Credentials, TlsVerify = options.TlsVerify }, ct);

    private static async Task<ManifestDocument> ManifestAsync(ImageSource source, InspectOptions options, CancellationToken ct) =>
        source.Named.IsList ? await source.ReadManifestAsync(PlatformChoice.Of(source.Named, options.Platform ?? Platform.Host).Digest, ct) : source.Named;

    private static async Task<InspectedImage> ReadAsync(ImageSource source, ManifestDocument manifest, CancellationToken ct)
    {
        var parts = await ImageParts.ReadAsync(source, manifest, ct);
        return new InspectedImage(source.Named, parts.Manifest, parts.Config);
    }

    private static async Task<IReadOnlyList<string>> TagsAsync(ImageSource source, CancellationToken ct)
    {
        var tags = new List<string>();
        try
        {
            await foreach (var tag in source.Registry.ListTagsAsync(ct))
                tags.Add(tag);
        }
        catch (OcidException refused) when (refused.Kind is ErrorKind.NotFound or ErrorKind.PermissionDenied)
        {
            // Many registries show an image to those whom they do not show its neighbours.
        }

        return tags;
    }
}
