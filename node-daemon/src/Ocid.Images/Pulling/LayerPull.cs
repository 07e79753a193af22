using System.IO.Compression;
using Ocid.Images.Manifests;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Storage.Archive;

namespace Ocid.Images.Pulling;

/// <summary>One layer from the registry onto disk, in stages that overlap: receive and check, inflate, unpack. Nothing is kept in between.</summary>
internal sealed class LayerPull(IBlobSource registry, Descriptor layer, Digest diffId, ExtractionLimits limits, TimeProvider time, Action<long>? received)
{
    /// <param name="diffPath">An empty directory that becomes the layer's.</param>
    /// <param name="tarSplitPath">The file that receives its record.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OcidException">The layer is not what manifest and configuration say, or cannot be had. What is on disk then is to be thrown away.</exception>
    public async Task<ExtractedLayer> RunAsync(string diffPath, string tarSplitPath, CancellationToken ct)
    {
        using var stages = new Stages(ct);
        using var blob = new Relay(stages.Token);
        using var archive = new Relay(stages.Token);
        await using var tarSplit = new FileStream(tarSplitPath, FileMode.Create, FileAccess.Write);
        ExtractedLayer? extracted = null;

        stages.Add(() => new BlobDownload(registry, layer, time, received).RunAsync(blob, stages.Token));
        stages.AddThread(() => Inflate(blob, archive));
        stages.Add(async () => extracted = await LayerExtractor.ExtractAsync(archive, diffPath, tarSplit, limits, stages.Token));
        await stages.WhenAllAsync();

        if (extracted!.DiffId != diffId)
            throw new OcidException(ErrorKind.DataLoss, $"layer {layer.Digest}: its archive has the digest {extracted.DiffId}, not {diffId} as the configuration says");
        return extracted;
    }

    private void Inflate(Relay blob, Relay archive)
    {
        try
        {
            using var plain = Decompressed(blob);
            while (true)
            {
                var buffer = archive.Rent();
                var length = plain.Read(buffer);
                if (length == 0)
                    break;
                archive.Pass(buffer, length);
            }

            Drain(blob);
            archive.End();
        }
        catch (InvalidDataException corrupt)
        {
            throw new OcidException(ErrorKind.DataLoss, $"layer {layer.Digest}: {corrupt.Message}", corrupt);
        }
    }

    // By its first bytes, as everyone does: media types say gzip of what is not.
    private Stream Decompressed(Relay blob)
    {
        var start = new byte[4];
        var length = blob.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var whole = new PrefixedStream(start.AsMemory(0, length), blob);
        if (start is [0x1f, 0x8b, ..])
            return new GZipStream(whole, CompressionMode.Decompress);
        if (start is [0x28, 0xb5, 0x2f, 0xfd])
            throw new OcidException(ErrorKind.Unimplemented, $"layer {layer.Digest}: zstd compression is not supported yet");
        return whole;
    }

    // The digest is over the whole blob, with what may follow its compressed part.
    private static void Drain(Relay blob)
    {
        Span<byte> rest = stackalloc byte[4096];
        while (blob.Read(rest) > 0)
        {
        }
    }
}
