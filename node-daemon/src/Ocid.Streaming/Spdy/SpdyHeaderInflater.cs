using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Ocid.Streaming.Spdy;

/// <summary>
/// Inflates the header blocks of one direction of a connection, which are one zlib stream with a preset dictionary. A raw DeflateStream has no such
/// parameter, but what it has inflated before is its dictionary: it is fed the dictionary as a stored block, and the output is thrown away.
/// </summary>
internal sealed class SpdyHeaderInflater : IDisposable
{
    private const int ZlibHeader = 2;
    private const byte Deflate = 8;
    private const byte PresetDictionary = 0x20;

    private readonly Feed _feed = new();
    private readonly DeflateStream _inflater;
    private readonly int _largest;
    private bool _begun;

    /// <param name="largest">How long a block may be once it is inflated.</param>
    public SpdyHeaderInflater(int largest)
    {
        _largest = largest;
        _inflater = new DeflateStream(_feed, CompressionMode.Decompress);
        var dictionary = SpdyDictionary.Create();
        _feed.Next = SpdyHeaderBlock.Store(dictionary, isFirst: false);
        _inflater.ReadExactly(dictionary);
    }

    /// <summary>Inflates the next block.</summary>
    /// <exception cref="SpdyException">It is not the next block of a zlib stream, or too long.</exception>
    public IReadOnlyDictionary<string, string> Inflate(ReadOnlyMemory<byte> block)
    {
        _feed.Next = _begun ? block : Begin(block);
        var output = ArrayPool<byte>.Shared.Rent(_largest + 1);
        try
        {
            var length = 0;
            for (int count; (count = _inflater.Read(output, length, _largest + 1 - length)) > 0;)
            {
                length += count;
                if (length > _largest)
                    throw new SpdyException($"headers of more than {_largest} bytes");
            }

            return SpdyHeaderBlock.Parse(output.AsSpan(0, length));
        }
        catch (InvalidDataException damaged)
        {
            throw new SpdyException($"headers that cannot be inflated: {damaged.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(output);
        }
    }

    public void Dispose() => _inflater.Dispose();

    private ReadOnlyMemory<byte> Begin(ReadOnlyMemory<byte> block)
    {
        var start = block.Span;
        if (start.Length < ZlibHeader || (start[0] & 0xf) != Deflate || BinaryPrimitives.ReadUInt16BigEndian(start) % 31 != 0)
            throw new SpdyException("headers that are no zlib stream");
        _begun = true;
        if ((start[1] & PresetDictionary) == 0)
            return block[ZlibHeader..];
        if (SpdyFrames.Number(start, ZlibHeader) != SpdyDictionary.Adler32)
            throw new SpdyException("headers with another dictionary");
        return block[(ZlibHeader + 4)..];
    }

    // What the inflater reads: one block, then nothing until the next is there.
    private sealed class Feed : MemoryStream
    {
        public ReadOnlyMemory<byte> Next { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, Next.Length);
            Next.Span[..count].CopyTo(buffer);
            Next = Next[count..];
            return count;
        }
    }
}
