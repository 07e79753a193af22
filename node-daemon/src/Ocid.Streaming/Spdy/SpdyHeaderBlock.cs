using System.Buffers.Binary;
using System.Text;

namespace Ocid.Streaming.Spdy;

/// <summary>The names and values of a stream: pairs of texts behind their lengths.</summary>
internal static class SpdyHeaderBlock
{
    private const int MostHeaders = 64;
    private const int LongestStored = 0xffff;

    /// <summary>Reads a block that is no longer compressed. Names are compared without case; of a name that is there twice, the last value counts.</summary>
    /// <exception cref="SpdyException">It is not a whole block, or too large.</exception>
    public static IReadOnlyDictionary<string, string> Parse(ReadOnlySpan<byte> block)
    {
        var count = SpdyFrames.Number(block, 0);
        if (count > MostHeaders)
            throw new SpdyException($"{count} headers, at most {MostHeaders} are read");
        block = block[4..];
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < count; i++)
        {
            var name = Text(ref block);
            if (name.Length == 0)
                throw new SpdyException("a header without a name");
            headers[name] = Text(ref block);
        }

        return headers;
    }

    /// <summary>
    /// A block as a zlib stream goes on with it, stored rather than compressed: it needs no history. The empty block behind it makes the reader
    /// hand over what it has, as some do not before the next one begins.
    /// </summary>
    /// <param name="block">At most 65,535 bytes.</param>
    /// <param name="isFirst">Whether the zlib stream begins with it.</param>
    public static byte[] Store(ReadOnlySpan<byte> block, bool isFirst)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(block.Length, LongestStored);
        ReadOnlySpan<byte> start = isFirst ? [0x78, 0x01] : [];
        var stored = new byte[start.Length + 5 + block.Length + 5];
        start.CopyTo(stored);
        var rest = stored.AsSpan(start.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[1..], (ushort)block.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[3..], (ushort)~block.Length);
        block.CopyTo(rest[5..]);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[(5 + block.Length + 3)..], 0xffff);
        return stored;
    }

    private static string Text(ref ReadOnlySpan<byte> block)
    {
        var length = SpdyFrames.Number(block, 0);
        if (length > block.Length - 4)
            throw new SpdyException("a header that ends after its block");
        var text = Encoding.UTF8.GetString(block.Slice(4, (int)length));
        block = block[(4 + (int)length)..];
        return text;
    }
}
