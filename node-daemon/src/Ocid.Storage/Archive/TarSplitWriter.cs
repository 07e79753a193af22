using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>
/// Writes what is needed, besides the files on disk, to put an archive together again: JSON lines in gzip, each a segment of raw
/// bytes or the place of a file's content with its checksum.
/// </summary>
/// <remarks>https://github.com/vbatts/tar-split, tar/storage</remarks>
internal sealed class TarSplitWriter : IDisposable
{
    /// <summary>Segments are read into memory whole.</summary>
    public const int LongestSegment = 1 << 20;

    private const int Batch = 32 * 1024;

    private readonly ArrayBufferWriter<byte> _lines = new(2 * Batch);
    private readonly HashSet<Int128> _names = [];
    private readonly GZipStream _gzip;
    private readonly Utf8JsonWriter _json;
    private int _position;

    public TarSplitWriter(Stream destination)
    {
        _gzip = new GZipStream(destination, CompressionLevel.Fastest, leaveOpen: true);
        _json = new Utf8JsonWriter(_lines);
    }

    /// <summary>Records raw bytes.</summary>
    public void Segment(ReadOnlySpan<byte> bytes)
    {
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(bytes.Length, LongestSegment)..])
        {
            _json.WriteStartObject();
            _json.WriteNumber("type"u8, 2);
            _json.WriteBase64String("payload"u8, bytes[..Math.Min(bytes.Length, LongestSegment)]);
            EndLine();
        }
    }

    /// <summary>Records an entry: the content of its file stands here, where it has any.</summary>
    /// <exception cref="OcidException">DataLoss: an entry of this name was there before. No program on the store reads such a record.</exception>
    /// <param name="name">As it is in the archive.</param>
    /// <param name="path">The same, cleaned.</param>
    /// <param name="size">The length of its content.</param>
    /// <param name="checksum">Of its content.</param>
    public void File(UnixPath name, UnixPath path, long size, Crc64 checksum)
    {
        if (!_names.Add(Fingerprint(path)))
            throw new OcidException(ErrorKind.DataLoss, $"layer archive: two entries are named {Quoted.Text(name.ToString())}");

        _json.WriteStartObject();
        _json.WriteNumber("type"u8, 1);
        if (Utf8.IsValid(name.Bytes))
            _json.WriteString("name"u8, name.Bytes);
        else
            _json.WriteBase64String("name_raw"u8, name.Bytes);
        if (size > 0)
        {
            Span<byte> sum = stackalloc byte[8];
            checksum.CopyTo(sum);
            _json.WriteNumber("size"u8, size);
            _json.WriteBase64String("payload"u8, sum);
        }
        else
        {
            _json.WriteNull("payload"u8);
        }

        EndLine();
    }

    public void Dispose()
    {
        _json.Dispose();
        _gzip.Write(_lines.WrittenSpan);
        _gzip.Dispose();
    }

    // A layer can have millions of names; sixteen bytes of each are kept.
    private static Int128 Fingerprint(UnixPath name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name.Bytes, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadInt128LittleEndian(hash);
    }

    private void EndLine()
    {
        _json.WriteNumber("position"u8, _position++);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        _lines.Write("\n"u8);
        if (_lines.WrittenCount < Batch)
            return;
        _gzip.Write(_lines.WrittenSpan);
        _lines.ResetWrittenCount();
    }
}
