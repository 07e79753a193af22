namespace Ocid.Streaming.Spdy;

/// <summary>What a peer may make this process hold.</summary>
internal sealed record SpdyLimits
{
    public static SpdyLimits Default { get; } = new();

    /// <summary>The window that both sides begin with, of a stream and of all together; the protocol's own number.</summary>
    public const int InitialWindow = 64 * 1024;

    /// <summary>Streams that are open at once.</summary>
    public int Streams { get; init; } = 1000;

    /// <summary>The payload of a control frame.</summary>
    public int ControlFrame { get; init; } = 32 * 1024;

    /// <summary>The headers of a stream, inflated.</summary>
    public int Headers { get; init; } = 16 * 1024;

    /// <summary>Bytes of one stream that arrived and are not read yet. More than the window, as the usual clients know none.</summary>
    public int UnreadOfStream { get; init; } = 256 * 1024;

    /// <summary>The same of all streams.</summary>
    public int Unread { get; init; } = 4 * 1024 * 1024;
}
