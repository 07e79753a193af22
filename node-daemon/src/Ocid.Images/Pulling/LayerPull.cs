using Ocid.Images.Manifests;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Storage;
using Ocid.Storage.Archive;

namespace Ocid.Images.Pulling;

/// <summary>One layer from the registry onto disk, in stages that overlap: receive and check, inflate, hash, unpack. Nothing is kept in between.</summary>
internal sealed class LayerPull(IBlobSource registry, Descriptor layer, Digest diffId, ExtractionLimits limits, TimeProvider time, Action<long>? received)
{
    /// <summary>What inflates gzip.</summary>
    public GzipEngine Gzip { get; init; }

    /// <summary>How its blob is fetched.</summary>
    public BlobTransfer Transfer { get; init; } = new();

    /// <summary>Keeps what came of the blob; null without.</summary>
    public BlobSpool? Spool { get; init; }

    /// <summary>Fills a staged layer, and says what there is to be recorded of it.</summary>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public async Task<CommittedLayer> FillAsync(LayerStaging staging, CancellationToken ct)
    {
        var (extracted, compression) = await RunAsync(staging.DiffPath, staging.TarSplitPath, ct);
        return new CommittedLayer
        {
            DiffId = diffId,
            UncompressedSize = extracted.UncompressedSize,
            CompressedDigest = layer.Digest,
            CompressedSize = layer.Size,
            Compression = compression,
            Staged = staging,
            UserIds = extracted.UserIds,
            GroupIds = extracted.GroupIds,
        };
    }

    /// <param name="diffPath">An empty directory that becomes the layer's.</param>
    /// <param name="tarSplitPath">The file that receives its record.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OcidException">The layer is not what manifest and configuration say, or cannot be had. What is on disk then is to be thrown away.</exception>
    public async Task<(ExtractedLayer Layer, LayerCompression Compression)> RunAsync(string diffPath, string tarSplitPath, CancellationToken ct)
    {
        using var stages = new Stages(ct);
        using var blob = new Relay(stages.Token);
        using var archive = new ArchiveFeed(stages.Token);
        await using var tarSplit = new FileStream(tarSplitPath, FileMode.Create, FileAccess.Write);
        ExtractedLayer? extracted = null;
        var compression = LayerCompression.None;

        stages.Add(() => new BlobDownload(registry, layer, Transfer, time, received) { Kept = Spool?.Former }.RunAsync(blob, stages.Token));
        stages.AddThread(() => compression = Decompress(Spool?.Over(blob) ?? blob, archive));
        stages.Add(async () => extracted = await LayerExtractor.ExtractAsync(archive, diffPath, tarSplit, limits, stages.Token));
        await stages.WhenAllAsync();

        if (extracted!.DiffId != diffId)
            throw new OcidException(ErrorKind.DataLoss, $"layer {layer.Digest}: its archive has the digest {extracted.DiffId}, not {diffId} as the configuration says");
        return (extracted, compression);
    }

    private LayerCompression Decompress(Stream blob, ArchiveFeed feed)
    {
        try
        {
            var (archive, compression) = LayerDecompression.Open(blob, Gzip);
            using (archive)
                feed.Fill(archive);
            Drain(blob);
            return compression;
        }
        catch (InvalidDataException corrupt)
        {
            throw new OcidException(ErrorKind.DataLoss, $"layer {layer.Digest}: {corrupt.Message}", corrupt);
        }
    }

    // The digest is over the whole blob, with what may follow its compressed part.
    private static void Drain(Stream blob)
    {
        Span<byte> rest = stackalloc byte[4096];
        while (blob.Read(rest) > 0)
        {
        }
    }
}
