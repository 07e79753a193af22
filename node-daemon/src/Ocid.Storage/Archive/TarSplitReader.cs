using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Compression;
using System.Text.Json;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>Reads a tar-split record entry by entry, whichever program wrote it. One entry is in memory at a time.</summary>
/// <remarks>https://github.com/vbatts/tar-split, tar/storage</remarks>
internal sealed class TarSplitReader : IDisposable
{
    // Writers cut segments at one megabyte or less; in base64, and with room to spare.
    private const int LongestLine = 16 << 20;

    private readonly GZipStream _gzip;
    private byte[] _lines = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private byte[] _payload = [];
    private int _start;
    private int _end;
    private int _payloadLength;

    public TarSplitReader(Stream source) => _gzip = new GZipStream(source, CompressionMode.Decompress);

    /// <summary>Whether the entry is raw bytes of the archive; otherwise it is the place of a file.</summary>
    public bool IsSegment { get; private set; }

    /// <summary>The raw bytes; valid until the next entry.</summary>
    public ReadOnlyMemory<byte> Segment => _payload.AsMemory(0, _payloadLength);

    /// <summary>The file's name as it is in the archive.</summary>
    public UnixPath Name { get; private set; }

    /// <summary>The length of the file's content that stands here, zero for none.</summary>
    public long Size { get; private set; }

    /// <summary>The checksum of the file's content.</summary>
    public ulong Checksum => BinaryPrimitives.ReadUInt64BigEndian(_payload);

    /// <summary>Goes to the next entry; false at the end.</summary>
    /// <exception cref="OcidException">DataLoss: the record is damaged.</exception>
    public bool Next()
    {
        try
        {
            var line = Line();
            if (line.IsEmpty)
                return false;
            Parse(line);
            return true;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or FormatException or InvalidDataException)
        {
            throw Damaged(malformed.Message, malformed);
        }
    }

    public void Dispose()
    {
        _gzip.Dispose();
        ArrayPool<byte>.Shared.Return(_lines);
        _lines = [];
    }

    private ReadOnlySpan<byte> Line()
    {
        for (var searched = 0; ;)
        {
            var end = _lines.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = _lines.AsSpan(_start, searched + end);
                _start += searched + end + 1;
                if (!line.IsEmpty)
                    return line;
                searched = 0;
                continue;
            }

            searched = _end - _start;
            if (Fill())
                continue;
            var last = _lines.AsSpan(_start, _end - _start);
            _start = _end;
            return last;
        }
    }

    private bool Fill()
    {
        var kept = _end - _start;
        if (kept >= LongestLine)
            throw Damaged("a line has no end");
        var room = kept > _lines.Length / 2 ? ArrayPool<byte>.Shared.Rent(_lines.Length * 2) : _lines;
        _lines.AsSpan(_start, kept).CopyTo(room);
        if (room != _lines)
            ArrayPool<byte>.Shared.Return(_lines);
        (_lines, _start, _end) = (room, 0, kept);
        var read = _gzip.Read(_lines, _end, _lines.Length - _end);
        _end += read;
        return read > 0;
    }

    private void Parse(ReadOnlySpan<byte> line)
    {
        var (type, name) = (0, (byte[]?)null);
        (Size, _payloadLength) = (0, 0);
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8) && reader.Read())
                type = reader.GetInt32();
            else if (reader.ValueTextEquals("size"u8) && reader.Read())
                Size = reader.GetInt64();
            else if (reader.ValueTextEquals("payload"u8) && reader.Read())
                ReadPayload(ref reader);
            else if (reader.ValueTextEquals("name"u8) && reader.Read())
                name = ReadText(ref reader) ?? name;
            else if (reader.ValueTextEquals("name_raw"u8) && reader.Read())
                name = reader.TokenType == JsonTokenType.Null ? name : reader.GetBytesFromBase64();
            else
                reader.Skip();
        }

        IsSegment = type == 2;
        Name = new UnixPath(name);
        if (type is not (1 or 2))
            throw Damaged($"an entry of type {type}");
        if (!IsSegment && (Size < 0 || (Size > 0 && _payloadLength != sizeof(ulong))))
            throw Damaged($"{Quoted.Text(Name.ToString())} has no checksum");
    }

    // A segment may be a megabyte, again and again: its buffer is kept.
    private void ReadPayload(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        if (reader.ValueIsEscaped)
        {
            _payload = reader.GetBytesFromBase64();
            _payloadLength = _payload.Length;
            return;
        }

        var most = Base64.GetMaxDecodedFromUtf8Length(reader.ValueSpan.Length);
        if (_payload.Length < most)
            _payload = new byte[Math.Max(most, 4096)];
        if (Base64.DecodeFromUtf8(reader.ValueSpan, _payload, out _, out _payloadLength) != OperationStatus.Done)
            throw Damaged("a payload is no base64");
    }

    private static byte[]? ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        var text = new byte[reader.ValueSpan.Length];
        return text[..reader.CopyString(text)];
    }

    private static OcidException Damaged(string how, Exception? cause = null) => new(ErrorKind.DataLoss, $"tar-split record: {how}", cause);
}
