using System.Buffers;
using System.Buffers.Text;

namespace Ocid.Streaming.WebSockets;

/// <summary>Decodes base64 that comes in pieces, each cut anywhere.</summary>
internal sealed class Base64Chunks
{
    private readonly byte[] _carry = new byte[4];
    private int _carried;

    /// <summary>Forgets the beginning of a message that was not whole.</summary>
    public void Reset() => _carried = 0;

    /// <summary>Decodes as many whole groups as there are.</summary>
    /// <param name="chunk">What came.</param>
    /// <param name="output">At least as long as <paramref name="chunk"/> and 3 more.</param>
    /// <returns>The bytes written.</returns>
    /// <exception cref="IOException">It is not base64.</exception>
    public int Decode(ReadOnlySpan<byte> chunk, Span<byte> output)
    {
        var written = 0;
        if (_carried > 0)
        {
            var taken = Math.Min(4 - _carried, chunk.Length);
            chunk[..taken].CopyTo(_carry.AsSpan(_carried));
            _carried += taken;
            chunk = chunk[taken..];
            if (_carried < 4)
                return 0;
            written = DecodeGroups(_carry, output);
            _carried = 0;
        }

        var whole = chunk.Length / 4 * 4;
        written += DecodeGroups(chunk[..whole], output[written..]);
        chunk = chunk[whole..];
        chunk.CopyTo(_carry);
        _carried = chunk.Length;
        return written;
    }

    private static int DecodeGroups(ReadOnlySpan<byte> groups, Span<byte> output) =>
        Base64.DecodeFromUtf8(groups, output, out _, out var written) == OperationStatus.Done
            ? written
            : throw new IOException("websocket: a message that is not base64");
}
