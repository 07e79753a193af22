namespace Ocid.Streaming.WebSockets;

/// <summary>One channel of a WebSocket.</summary>
/// <param name="connection">The WebSocket.</param>
/// <param name="number">The number that messages of the channel begin with.</param>
/// <param name="unread">How many bytes may wait to be read.</param>
internal sealed class WebSocketChannel(WebSocketChannels connection, byte number, int unread) : ByteChannel
{
    private readonly ReceivedBytes _received = new(unread);
    private int _ended;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _received.ReadAsync(buffer, cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > WebSocketChannels.LargestMessage)
        {
            await connection.SendAsync(number, buffer[..WebSocketChannels.LargestMessage], cancellationToken);
            buffer = buffer[WebSocketChannels.LargestMessage..];
        }

        await connection.SendAsync(number, buffer, cancellationToken);
    }

    /// <summary>Only clients that may end a channel themselves are told.</summary>
    public override ValueTask CompleteAsync(CancellationToken ct) => connection.SendCloseAsync(number, ct);

    public override async ValueTask ResetAsync(CancellationToken ct)
    {
        DiscardInput();
        await connection.SendCloseAsync(number, ct);
    }

    public override void DiscardInput() => _received.Discard();

    /// <summary>Adds what the client sent.</summary>
    public async ValueTask ReceiveAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        if (_ended == 0)
            await _received.AddAsync(bytes, ct);
    }

    /// <summary>Nothing more comes.</summary>
    public void End(IOException? reason)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
            _received.Complete(reason);
    }
}
