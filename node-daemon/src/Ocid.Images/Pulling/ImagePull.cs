using Ocid.Images.Catalog;
using Ocid.Images.Configuration;
using Ocid.Images.Manifests;
using Ocid.Images.Policy;
using Ocid.Images.Signatures;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Pulling;

/// <summary>One pull, from name to committed image.</summary>
internal sealed class ImagePull(
    Store store, ImageSource source, PullOptions options, PolicyInForce policy, LayerFetching fetching, IProgress<PullProgress> progress)
{
    private readonly ImageReference _reference = source.Asked;
    private long _fetched;

    /// <summary>Compressed bytes of layers that were received.</summary>
    public long Fetched => Interlocked.Read(ref _fetched);

    public async Task<PulledImage> RunAsync(CancellationToken ct)
    {
        var named = source.Named;
        var manifest = named.IsList ? await ChosenAsync(named, ct) : named;
        var signatures = await policy.RequireAsync(new PolicySubject(_reference, manifest, new RegistrySignatures(source.Registry, policy.Lookaside)), ct);
        (manifest, var configBytes) = await ImageParts.ReadAsync(source, manifest, ct);
        var config = ImageConfig.Parse(configBytes);
        if (config.Layers.DiffIds.Count != manifest.Layers.Count)
            throw new OcidException(ErrorKind.DataLoss, $"image {_reference}: {manifest.Layers.Count} layers, but {config.Layers.DiffIds.Count} digests of their content");

        var staged = new List<StagedLayer>();
        var keep = false;
        try
        {
            var layers = await LayersAsync(manifest, config, staged, ct);
            progress.Report(new PullProgress(PullStage.Committing));
            var id = ImageId.OfConfig(manifest.Config.Digest);
            await store.CommitImageAsync(
                new ImageCommit
                {
                    Id = id,
                    Digest = manifest.Digest,
                    Names = [Name()],
                    Layers = layers,
                    BigData = BigData(named, manifest, configBytes, signatures),
                    Metadata = signatures.Metadata,
                    Flags = options.ForCri ? [LocalImage.CriFlag] : [],
                    Created = config.Created,
                },
                ct);
            progress.Report(new PullProgress(PullStage.Done));
            return new PulledImage(id, _reference, named.Digest);
        }
        catch (Exception failure) when (LayerFetch.WillBeAskedForAgain(failure))
        {
            // What is whole and verified need not come twice.
            keep = true;
            throw;
        }
        finally
        {
            foreach (var layer in staged)
                await layer.LeaveAsync(keep);
        }
    }

    private async Task<ManifestDocument> ChosenAsync(ManifestDocument list, CancellationToken ct)
    {
        var choice = PlatformChoice.Of(list, options.Platform ?? Platform.Host);
        var manifest = await source.ReadManifestAsync(choice.Digest, ct);
        if (manifest.IsList)
            throw new OcidException(ErrorKind.Unimplemented, $"image {_reference}: a list within a list");
        return manifest.Bytes.Length == choice.Size
            ? manifest
            : throw new OcidException(ErrorKind.DataLoss, $"manifest {choice.Digest}: {manifest.Bytes.Length} bytes instead of {choice.Size}");
    }

    // Of name:tag@digest the tag was not looked at, so only the digest is a name that is true.
    private string Name() => (_reference.Digest is { } digest ? _reference.WithDigest(digest) : _reference).ToString();

    private async Task<CommittedLayer[]> LayersAsync(ManifestDocument manifest, ImageConfig config, List<StagedLayer> staged, CancellationToken ct)
    {
        var present = store.Layers.Select(layer => layer.Id).ToHashSet();
        var ids = LayerId.OfChain(config.Layers.DiffIds);
        var layers = new CommittedLayer[ids.Count];
        using var stages = new Stages(ct);
        for (var at = 0; at < layers.Length; at++)
        {
            var (index, blob, diffId) = (at, manifest.Layers[at], config.Layers.DiffIds[at]);
            if (present.Contains(ids[at]))
            {
                layers[at] = new CommittedLayer { DiffId = diffId, CompressedDigest = blob.Digest, CompressedSize = blob.Size };
                progress.Report(new PullProgress(PullStage.LayerReused, blob.Digest, blob.Size, blob.Size));
                continue;
            }

            progress.Report(new PullProgress(PullStage.Layer, blob.Digest, 0, blob.Size));
            stages.Add(async () =>
            {
                var fetch = new LayerFetch(store, source, blob, diffId, fetching)
                {
                    Received = (length, fetched) => progress.Report(new PullProgress(PullStage.Layer, blob.Digest, length, blob.Size, fetched)),
                };
                var layer = await fetching.Layers.FetchAsync(ids[index], () => fetch.RunAsync(stages.Token), stages.Token);
                lock (staged)
                    staged.Add(layer);
                layers[index] = await layer.Layer;
                Interlocked.Add(ref _fetched, fetch.Fetched);
                progress.Report(new PullProgress(fetch.Fetched > 0 ? PullStage.LayerReady : PullStage.LayerReused, blob.Digest, blob.Size, blob.Size, fetch.Fetched));
            });
        }

        await stages.WhenAllAsync();
        return layers;
    }

    // The keys by which every program on the store finds them. A list is kept, so that its digest still names the image.
    private static List<ImageBigData> BigData(ManifestDocument named, ManifestDocument manifest, byte[] config, SignatureSet signatures)
    {
        var data = new List<ImageBigData>
        {
            new($"manifest-{manifest.Digest}", manifest.Bytes, manifest.Digest),
            new("manifest", manifest.Bytes, manifest.Digest),
            signatures.BigData,
        };
        data.AddRange(signatures.Unnamed);
        if (named.IsList)
            data.Insert(0, new($"manifest-{named.Digest}", named.Bytes));
        if (manifest.Schema1 is null) // else everyone makes it of the manifest
            data.Insert(0, new(manifest.Config.Digest.ToString(), config));
        return data;
    }
}
