using System.Buffers.Binary;

namespace Ocid.Streaming.Spdy;

/// <summary>The eight bytes before each frame.</summary>
/// <param name="Control">The kind of control frame; null before data.</param>
/// <param name="StreamId">The stream of data; 0 in a control frame, which has it in its payload.</param>
/// <param name="Flags">1: the sender's last frame of the stream; 2, in SYN_STREAM: the receiver will not write.</param>
/// <param name="Length">The bytes that follow, at most 16 MiB - 1.</param>
internal readonly record struct SpdyFrameHeader(SpdyFrameType? Control, uint StreamId, byte Flags, int Length)
{
    public const int Size = 8;
    public const byte Fin = 1;
    public const byte Unidirectional = 2;

    private const ushort ControlBit = 0x8000;
    private const ushort Version = 3;

    /// <exception cref="SpdyException">Another version of the protocol.</exception>
    public static SpdyFrameHeader Parse(ReadOnlySpan<byte> bytes)
    {
        var first = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        var flags = bytes[4];
        var length = bytes[5] << 16 | bytes[6] << 8 | bytes[7];
        if ((first & ControlBit) == 0)
            return new SpdyFrameHeader(null, BinaryPrimitives.ReadUInt32BigEndian(bytes), flags, length);
        if (first != (ControlBit | Version))
            throw new SpdyException($"a frame of version {first & ~ControlBit}, want {Version}");
        return new SpdyFrameHeader((SpdyFrameType)BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), 0, flags, length);
    }

    public void Write(Span<byte> bytes)
    {
        if (Control is { } type)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, ControlBit | Version);
            BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)type);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, StreamId);
        }

        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], Flags << 24 | Length);
    }
}
