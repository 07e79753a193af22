using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Images;

namespace Ocid.Storage.Checking;

/// <summary>Compares layers with their archives, and images' data with their digests, without a lock: what is removed meanwhile is no problem.</summary>
/// <param name="store">The store.</param>
/// <param name="images">Where the images' data is.</param>
/// <param name="progress">Told how far it is.</param>
/// <param name="gone">Layers that are known to have no content.</param>
internal sealed class ContentCheck(Store store, ImageRecords images, IProgress<StoreCheckProgress>? progress, IReadOnlySet<LayerId> gone)
{
    // Of a layer of which nothing is left, a few files say as much as all.
    private const int MostPerLayer = 20;

    private readonly List<StoreProblem> _problems = [];

    public IReadOnlyList<StoreProblem> Problems => _problems;

    public int Unverified { get; private set; }

    public long Bytes { get; private set; }

    public async Task RunAsync(CancellationToken ct)
    {
        var all = store.Layers;
        Unverified = all.Count(layer => layer.DiffId is null);
        var layers = all.Where(layer => layer.DiffId is not null && !gone.Contains(layer.Id)).ToList();
        var total = layers.Sum(layer => layer.UncompressedSize);
        for (var done = 0; done < layers.Count; done++)
        {
            progress?.Report(new StoreCheckProgress(done, layers.Count, Bytes, total));
            await LayerAsync(layers[done], ct);
        }

        progress?.Report(new StoreCheckProgress(layers.Count, layers.Count, Bytes, total));
        foreach (var image in store.Images)
            await OwnThread.RunAsync(() => _problems.AddRange(image.BigDataSizes.Select(data => Data(image, data.Key, data.Value)).OfType<StoreProblem>().ToList()), ct);
    }

    private async Task LayerAsync(LayerRecord layer, CancellationToken ct)
    {
        try
        {
            var check = await store.CheckLayerAsync(layer.Id, ct);
            Bytes += layer.UncompressedSize;
            foreach (var difference in check.Differences.OrderBy(difference => difference.Path, StringComparer.Ordinal).Take(MostPerLayer))
                Damaged(layer, $"{difference.Path}: {difference.Detail}");
            if (check.Differences.Count > MostPerLayer)
                Damaged(layer, $"and {check.Differences.Count - MostPerLayer} more files");
            if (check.Differences.Count == 0 && check.Archive != layer.DiffId)
                Damaged(layer, $"files and tar-split record make an archive of the digest {check.Archive}, not {layer.DiffId}");
        }
        catch (OcidException failure) when (failure.Kind is ErrorKind.FailedPrecondition)
        {
            Unverified++;
        }
        catch (OcidException failure) when (failure.Kind is ErrorKind.DataLoss or ErrorKind.NotFound)
        {
            if (store.FindLayer(layer.Id) is not null)
                Damaged(layer, failure.Message);
        }
    }

    private StoreProblem? Data(ImageRecord image, string key, long size)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(images.BigDataPath(image.Id, key));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return IsThere(image) ? Wrong("is gone") : null;
        }

        if (content.Length != size)
            return IsThere(image) ? Wrong($"has {content.Length} bytes instead of {size}") : null;
        // The digest of a signed manifest of schema 1 leaves its signatures out.
        if (image.BigDataDigests.TryGetValue(key, out var digest) && Digest.Sha256(content) is var found && found != digest && !IsSchema1(key, content) && IsThere(image))
            return Wrong($"has the digest {found} instead of {digest}");
        return null;

        StoreProblem Wrong(string how) => new(ProblemKind.Content, $"image {image.Id}", $"its data {key} {how}") { DamagedImage = image.Id };
    }

    private bool IsThere(ImageRecord image) => store.Images.Any(now => now.Id == image.Id && now.BigDataSizes.Count == image.BigDataSizes.Count);

    private static bool IsSchema1(string key, byte[] content) =>
        key.StartsWith("manifest", StringComparison.Ordinal) && content.AsSpan().IndexOf("\"signatures\""u8) >= 0 && content.AsSpan().IndexOf("\"fsLayers\""u8) >= 0;

    private void Damaged(LayerRecord layer, string detail) =>
        _problems.Add(new StoreProblem(ProblemKind.Content, $"layer {layer.Id}", detail) { DamagedLayer = layer.Id });
}
