using System.Buffers.Binary;

namespace Ocid.Streaming.Spdy;

/// <summary>The control frames that a server writes, and what it reads from those it gets.</summary>
internal static class SpdyFrames
{
    public const uint StreamIdMask = 0x7fff_ffff;
    public const int LargestWindow = int.MaxValue;
    private const int InitialWindowSetting = 7;

    public static byte[] Ping(uint id) => Control(SpdyFrameType.Ping, id);

    public static byte[] RstStream(uint stream, SpdyStatus status) => Control(SpdyFrameType.RstStream, stream, (uint)status);

    public static byte[] WindowUpdate(uint stream, int delta) => Control(SpdyFrameType.WindowUpdate, stream, (uint)delta);

    public static byte[] GoAway(uint lastStream, bool isError) => Control(SpdyFrameType.GoAway, lastStream, isError ? 1u : 0u);

    /// <summary>An answer without headers.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="isFirst">Whether it is the first block of headers on the connection.</param>
    public static byte[] SynReply(uint stream, bool isFirst) => Control(SpdyFrameType.SynReply, stream, 0, SpdyHeaderBlock.Store([0, 0, 0, 0], isFirst));

    /// <summary>One number of 31 or 32 bits.</summary>
    public static uint Number(ReadOnlySpan<byte> payload, int offset)
    {
        if (payload.Length < offset + 4)
            throw new SpdyException("a control frame that is too short");
        return BinaryPrimitives.ReadUInt32BigEndian(payload[offset..]);
    }

    /// <summary>The initial window that a SETTINGS frame sets; null when it sets none.</summary>
    public static int? InitialWindow(ReadOnlySpan<byte> payload)
    {
        var count = Number(payload, 0);
        if (payload.Length != 4 + (8L * count))
            throw new SpdyException("a SETTINGS frame of another length than its entries have");
        for (var entry = payload[4..]; entry.Length > 0; entry = entry[8..])
        {
            if ((BinaryPrimitives.ReadUInt32BigEndian(entry) & 0xff_ffff) == InitialWindowSetting)
                return (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(entry[4..]), LargestWindow);
        }

        return null;
    }

    private static byte[] Control(SpdyFrameType type, uint first, uint second) => Control(type, first, 0, BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(second)));

    private static byte[] Control(SpdyFrameType type, uint first, byte flags = 0, params byte[] rest)
    {
        var frame = new byte[SpdyFrameHeader.Size + 4 + rest.Length];
        new SpdyFrameHeader(type, 0, flags, 4 + rest.Length).Write(frame);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(SpdyFrameHeader.Size), first);
        rest.CopyTo(frame, SpdyFrameHeader.Size + 4);
        return frame;
    }
}
