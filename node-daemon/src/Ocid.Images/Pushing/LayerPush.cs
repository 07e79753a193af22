using System.Security.Cryptography;
using Ocid.Images.Manifests;
using Ocid.Images.Pulling;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Pushing;

/// <summary>One layer to a destination: what is there is used; otherwise its archive is put together, compressed and sent, all at once and nothing kept.</summary>
internal sealed class LayerPush(Store store, RegistryClient destination, IReadOnlyList<string> neighbours, ManifestFormat format, LayerEncoding encoding, IProgress<PushProgress> progress)
{
    private const long ProgressStep = 1 << 20;
    private const int PieceSize = 128 * 1024;

    /// <param name="layer">The layer in the store.</param>
    /// <param name="known">Blobs that hold this layer, best first; the first is the image's own.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The blob that is at the destination now.</returns>
    public async Task<Descriptor> RunAsync(LayerRecord layer, IReadOnlyList<Descriptor> known, CancellationToken ct)
    {
        foreach (var blob in known.Where(IsUsable))
        {
            if (!await IsThereAsync(blob, ct))
                continue;
            Report(layer, PushStage.LayerReused, 0);
            return InFormat(blob);
        }

        // A layer that came uncompressed goes uncompressed, unless asked otherwise: so its manifest, which others may have signed, stays as it is.
        var original = known[0];
        var plain = encoding.Asked is null && LayerMediaType.CompressionOf(original.MediaType) == LayerCompression.None && original.Digest == layer.DiffId;
        var sent = await destination.UploadBlobAsync(plain ? layer.DiffId : null, (connection, token) => SendAsync(layer, plain, connection, token), ct);
        Report(layer, PushStage.LayerSent, layer.UncompressedSize);
        return new Descriptor { MediaType = LayerMediaType.Of(format, plain ? LayerCompression.None : encoding.Made), Digest = sent.Digest, Size = sent.Size };
    }

    // Layers with addresses of their own are fetched from there: no registry needs them.
    private async Task<bool> IsThereAsync(Descriptor blob, CancellationToken ct)
    {
        if (MediaTypes.IsForeign(blob.MediaType) && blob.Urls is { Count: > 0 })
            return true;
        if (await destination.HasBlobAsync(blob.Digest, ct))
            return true;
        foreach (var neighbour in neighbours)
        {
            if (await destination.MountBlobAsync(blob.Digest, neighbour, ct))
                return true;
        }

        return false;
    }

    private bool IsUsable(Descriptor blob) =>
        LayerMediaType.CompressionOf(blob.MediaType) is { } found ? encoding.Takes(found) && (found != LayerCompression.Zstd || format == ManifestFormat.Oci) : MediaTypes.IsForeign(blob.MediaType);

    private Descriptor InFormat(Descriptor blob) =>
        LayerMediaType.CompressionOf(blob.MediaType) is { } found ? blob with { MediaType = LayerMediaType.Of(format, found) } : blob;

    private async Task SendAsync(LayerRecord layer, bool plain, Stream connection, CancellationToken ct)
    {
        await using var tar = await store.OpenLayerTarAsync(layer.Id, ct);
        using var stages = new Stages(ct);
        await using var feed = new UploadFeed(stages.Token);
        stages.AddThread(() =>
        {
            if (plain)
            {
                Copy(tar, layer, feed, stages.Token);
            }
            else
            {
                using var blob = encoding.Open(feed);
                Copy(tar, layer, blob, stages.Token);
            }

            feed.End();
        });
        stages.Add(() => feed.SendAsync(connection));
        await stages.WhenAllAsync();
    }

    // The record's checksums are against accidents; the digest is what makes this the layer.
    private void Copy(Stream tar, LayerRecord layer, Stream blob, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceSize];
        var (read, reported) = (0L, 0L);
        while (tar.Read(piece) is var length and > 0)
        {
            ct.ThrowIfCancellationRequested();
            hash.AppendData(piece, 0, length);
            blob.Write(piece, 0, length);
            read += length;
            if (read - reported < ProgressStep)
                continue;
            reported = read;
            Report(layer, PushStage.Layer, read);
        }

        if (Digest.FromSha256Hash(hash.GetCurrentHash()) is var digest && digest != layer.DiffId)
            throw new OcidException(ErrorKind.DataLoss, $"layer {layer.Id}: its archive has the digest {digest}, not {layer.DiffId}");
    }

    private void Report(LayerRecord layer, PushStage stage, long read) => progress.Report(new PushProgress(stage, layer.DiffId, read, layer.UncompressedSize));
}
