using System.IO.Compression;
using Ocid.Linux.Compression;
using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>A layer's blob as the archive that it holds.</summary>
public static class LayerDecompression
{
    /// <summary>Looks at how a blob is compressed and opens what it holds.</summary>
    /// <param name="blob">The blob, from its beginning. Its first bytes are read here.</param>
    /// <param name="engine">What inflates gzip.</param>
    /// <returns>The archive, to be disposed by the caller, which does not dispose the blob, and how it was compressed.</returns>
    /// <remarks>
    /// By its first bytes, as every other program does: media types say gzip of what is not. Reading throws <see cref="InvalidDataException"/> of what is
    /// malformed or cut off. gzip of several members and zstd of several or skippable frames (zstd:chunked) are one archive.
    /// </remarks>
    /// <exception cref="OcidException">Unimplemented: bzip2 or xz, or zstd or ISA-L on a machine without its library.</exception>
    public static (Stream Archive, LayerCompression Compression) Open(Stream blob, GzipEngine engine = GzipEngine.Fastest)
    {
        ArgumentNullException.ThrowIfNull(blob);
        var start = new byte[6];
        var length = blob.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var whole = new PrefixedStream(start.AsMemory(0, length), blob);
        return start switch
        {
            [0x1f, 0x8b, ..] => (Gzip(whole, engine), LayerCompression.Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] or [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18, ..] => (ZstdOf(whole), LayerCompression.Zstd),
            [(byte)'B', (byte)'Z', (byte)'h', ..] => throw Unsupported("bzip2"),
            [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0] => throw Unsupported("xz"),
            _ => (whole, LayerCompression.None),
        };
    }

    private static Stream Gzip(Stream whole, GzipEngine engine) => engine switch
    {
        GzipEngine.Isal when !IsalGzip.IsAvailable => throw new OcidException(ErrorKind.Unimplemented, "layer: this machine has no usable libisal.so.2"),
        GzipEngine.Isal or GzipEngine.Fastest when IsalGzip.IsAvailable => new DecompressorStream(new IsalGzip(), whole),
        _ => new GZipStream(whole, CompressionMode.Decompress),
    };

    private static DecompressorStream ZstdOf(Stream whole) => Zstd.IsAvailable
        ? new DecompressorStream(new Zstd(), whole)
        : throw new OcidException(ErrorKind.Unimplemented, $"layer: zstd compression needs {Zstd.Library}, which this machine does not have: install libzstd1");

    private static OcidException Unsupported(string format) =>
        new(ErrorKind.Unimplemented, $"layer: {format} compression is not supported: no registry's tools make it, push the image with gzip or zstd");
}
