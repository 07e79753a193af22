using Ocid.Images.Manifests;
using Ocid.Images.Pulling;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Pushing;

/// <summary>One push, from the store's record to the tag.</summary>
internal sealed class ImagePush(Store store, StoredImage image, RegistryClient destination, ImageReference reference, PushOptions options, IProgress<PushProgress> progress)
{
    // Each has a connection, two threads and about two megabytes.
    private const int ParallelLayers = 6;

    // Docker's format has no zstd.
    private readonly ManifestFormat _format =
        options.Format ?? (options.Compression == LayerCompression.Zstd ? ManifestFormat.Oci : LayerMediaType.FormatOf(image.Manifest.MediaType));

    private readonly LayerEncoding _encoding = new(options.Compression, options.CompressionLevel);

    public async Task<PushedImage> RunAsync(CancellationToken ct)
    {
        progress.Report(new PushProgress(PushStage.Preparing));
        _ = LayerMediaType.Of(_format, _encoding.Made); // what does not fit is said before anything is sent
        var layers = await LayersAsync(await KnownAsync(ct), ct);

        progress.Report(new PushProgress(PushStage.Writing));
        var config = image.Manifest.Config;
        if (!await destination.HasBlobAsync(config.Digest, ct))
            await destination.UploadBlobAsync(config.Digest, new MemoryStream(image.Config), ct);
        var manifest = ManifestText.Of(image.Manifest, _format, layers);
        var digest = Digest.Sha256(manifest.Span);
        if (reference.Digest is { } wanted && wanted != digest)
            throw new OcidException(ErrorKind.FailedPrecondition, $"push {reference}: the manifest has the digest {digest}");
        await destination.WriteManifestAsync(
            reference.Tag ?? digest.ToString(), manifest, _format == ManifestFormat.Oci ? MediaTypes.OciManifest : MediaTypes.DockerManifest, ct);
        progress.Report(new PushProgress(PushStage.Done));
        return new PushedImage(image.Id, reference, digest);
    }

    private async Task<Descriptor[]> LayersAsync(IReadOnlyList<Descriptor>[] known, CancellationToken ct)
    {
        var neighbours = image.Names.Where(name => name.Domain == reference.Domain && name.Path != reference.Path).Select(name => name.Path).Distinct().ToList();
        var push = new LayerPush(store, destination, neighbours, _format, _encoding, progress);
        var layers = new Descriptor[image.Layers.Count];
        using var turns = new SemaphoreSlim(ParallelLayers);
        using var stages = new Stages(ct);
        // An image may have one layer several times: it is pushed once.
        foreach (var same in Enumerable.Range(0, layers.Length).GroupBy(at => (image.Layers[at].DiffId, image.Manifest.Layers[at].Digest)))
        {
            stages.Add(async () =>
            {
                await turns.WaitAsync(stages.Token);
                try
                {
                    var blob = await push.RunAsync(image.Layers[same.First()], [.. same.SelectMany(at => known[at])], stages.Token);
                    foreach (var at in same)
                        layers[at] = blob;
                }
                finally
                {
                    turns.Release();
                }
            });
        }

        await stages.WhenAllAsync();
        return layers;
    }

    // Blobs of each layer: the image's own, then those of the same image as it is at the destination already, whoever compressed them.
    private async Task<IReadOnlyList<Descriptor>[]> KnownAsync(CancellationToken ct)
    {
        var there = reference.Tag is null ? null : await FormerAsync(reference.Tag, ct);
        return [.. image.Manifest.Layers.Select((blob, at) => (IReadOnlyList<Descriptor>)(there is null ? [blob] : [blob, there.Layers[at]]))];
    }

    private async Task<ManifestDocument?> FormerAsync(string tag, CancellationToken ct)
    {
        try
        {
            var former = await destination.ReadManifestAsync(tag, ct);
            return !former.IsList && former.Schema1 is null && former.Config.Digest == image.Manifest.Config.Digest && former.Layers.Count == image.Layers.Count ? former : null;
        }
        catch (OcidException other) when (other.Kind is ErrorKind.NotFound or ErrorKind.DataLoss or ErrorKind.Unimplemented or ErrorKind.PermissionDenied)
        {
            return null; // nothing there that helps; a real refusal meets the first upload
        }
    }
}
