namespace Ocid.Streaming.WebSockets;

/// <summary>Sorts the pieces of messages into channels. What is for a channel that does not exist is thrown away.</summary>
internal sealed class IncomingMessage(IReadOnlyList<WebSocketChannel> channels, ChannelProtocol protocol)
{
    private readonly Base64Chunks _base64 = new();
    private readonly byte[] _decoded = protocol.Base64 ? new byte[WebSocketChannels.LargestMessage + 4] : [];
    private bool _begun;
    private bool _ends;
    private WebSocketChannel? _channel;

    /// <summary>Takes a piece of the message that is coming in.</summary>
    /// <param name="piece">At most as long as the largest message that is sent.</param>
    /// <param name="isLast">Whether the message ends with it.</param>
    /// <param name="ct">Cancels a wait for the channel's reader.</param>
    public async ValueTask AddAsync(ReadOnlyMemory<byte> piece, bool isLast, CancellationToken ct)
    {
        if (!_begun && piece.Length > 0)
        {
            Begin(piece.Span[0]);
            piece = piece[1..];
        }

        if (piece.Length > 0)
        {
            if (_ends)
                Find(piece.Span[0])?.End(null);
            else if (_channel is { } channel)
                await channel.ReceiveAsync(Decode(piece), ct);
        }

        if (isLast)
            _begun = _ends = false;
    }

    private void Begin(byte first)
    {
        _begun = true;
        _ends = protocol.Version >= 5 && first == ChannelProtocol.CloseChannel;
        _channel = _ends ? null : Find(protocol.Base64 ? first - '0' : first);
        _base64.Reset();
    }

    private WebSocketChannel? Find(int number) => number >= 0 && number < channels.Count ? channels[number] : null;

    private ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> piece) =>
        protocol.Base64 ? _decoded.AsMemory(0, _base64.Decode(piece.Span, _decoded)) : piece;
}
