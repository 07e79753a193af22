using System.IO.Compression;
using Ocid.Linux.Compression;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Pushing;

/// <summary>How layers are compressed that are sent.</summary>
internal sealed class LayerEncoding
{
    private const int HighestGzipLevel = 9;

    private readonly int? _level;

    /// <exception cref="OcidException">InvalidArgument: no such compression, or level of it. Unimplemented: zstd on a machine without its library.</exception>
    public LayerEncoding(LayerCompression? asked, int? level)
    {
        (Asked, _level) = (asked, level);
        if (Made is not (LayerCompression.Gzip or LayerCompression.Zstd))
            throw new OcidException(ErrorKind.InvalidArgument, $"layers cannot be pushed with the compression {Made}");
        var highest = Made == LayerCompression.Zstd ? ZstdWriteStream.HighestLevel : HighestGzipLevel;
        if (level < 1 || level > highest)
            throw new OcidException(ErrorKind.InvalidArgument, $"compression level {level}: {(Made == LayerCompression.Zstd ? "zstd" : "gzip")} has 1 to {highest}");
        if (Made == LayerCompression.Zstd && !Zstd.IsAvailable)
            throw new OcidException(ErrorKind.Unimplemented, $"zstd compression needs {Zstd.Library}, which this machine does not have: install libzstd1");
    }

    /// <summary>The compression that every layer is to have; null where those that are there stay as they are.</summary>
    public LayerCompression? Asked { get; }

    /// <summary>The compression of those that are made.</summary>
    public LayerCompression Made => Asked ?? LayerCompression.Gzip;

    /// <summary>Whether a blob so compressed will do.</summary>
    public bool Takes(LayerCompression found) => Asked is null || found == Asked;

    /// <summary>A stream that compresses into <paramref name="blob"/>, which stays open.</summary>
    public Stream Open(Stream blob) => Made switch
    {
        LayerCompression.Zstd => new ZstdWriteStream(blob, _level ?? ZstdWriteStream.DefaultLevel),
        _ when _level is { } level => new GZipStream(blob, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true),
        _ => new GZipStream(blob, CompressionLevel.Optimal, leaveOpen: true),
    };
}
