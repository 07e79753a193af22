using System.Buffers;
using System.Buffers.Text;
using System.Net.WebSockets;

namespace Ocid.Streaming.WebSockets;

/// <summary>
/// The channels of a WebSocket. There is no window: a reader that is behind stops the whole connection. Messages may be of any length and are handed on
/// as they come.
/// </summary>
internal sealed class WebSocketChannels : IDisposable
{
    /// <summary>The most bytes that are sent in one message.</summary>
    public const int LargestMessage = 32 * 1024;

    private const int UnreadOfChannel = 256 * 1024;

    private readonly WebSocket _socket;
    private readonly ChannelProtocol _protocol;
    private readonly bool _tellsEnds;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly WebSocketChannel[] _channels;

    /// <param name="socket">The WebSocket; the caller's to dispose of.</param>
    /// <param name="protocol">What was negotiated.</param>
    /// <param name="count">How many channels there are.</param>
    /// <param name="tellsEnds">Whether the client is told when nothing more comes on a channel, where the protocol can say so.</param>
    public WebSocketChannels(WebSocket socket, ChannelProtocol protocol, int count, bool tellsEnds)
    {
        _socket = socket;
        _protocol = protocol;
        _tellsEnds = tellsEnds && protocol.Version >= 5;
        _channels = [.. Enumerable.Range(0, count).Select(number => new WebSocketChannel(this, (byte)number, UnreadOfChannel))];
    }

    public WebSocketChannel this[int number] => _channels[number];

    /// <summary>Reads until the client closes the WebSocket.</summary>
    /// <exception cref="IOException">The connection was lost, or the client broke the protocol.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        IOException reason = new("websocket: the connection has ended");
        try
        {
            await ReadAsync(ct);
        }
        catch (WebSocketException lost)
        {
            throw reason = new IOException($"websocket: {lost.Message}", lost);
        }
        finally
        {
            foreach (var channel in _channels)
                channel.End(reason);
        }
    }

    /// <summary>Sends one message of a channel.</summary>
    public async ValueTask SendAsync(byte channel, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var message = ArrayPool<byte>.Shared.Rent(1 + Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        try
        {
            var length = Write(message, channel, bytes.Span);
            await SendAsync(message.AsMemory(0, length), _protocol.Base64 ? WebSocketMessageType.Text : WebSocketMessageType.Binary, ct);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    /// <summary>Tells the client that nothing more comes on a channel, where it can be told.</summary>
    public async ValueTask SendCloseAsync(byte channel, CancellationToken ct)
    {
        if (_tellsEnds)
            await SendAsync(new[] { ChannelProtocol.CloseChannel, channel }, WebSocketMessageType.Binary, ct);
    }

    /// <summary>Tells the client that nothing more comes at all; its answer ends <see cref="RunAsync"/>.</summary>
    public async Task CloseAsync(CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose() => _writing.Dispose();

    private int Write(Span<byte> message, byte channel, ReadOnlySpan<byte> bytes)
    {
        if (!_protocol.Base64)
        {
            message[0] = channel;
            bytes.CopyTo(message[1..]);
            return 1 + bytes.Length;
        }

        message[0] = (byte)('0' + channel);
        Base64.EncodeToUtf8(bytes, message[1..], out _, out var written);
        return 1 + written;
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> message, WebSocketMessageType type, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            await _socket.SendAsync(message, type, endOfMessage: true, ct);
        }
        catch (WebSocketException lost)
        {
            throw new IOException($"websocket: {lost.Message}", lost);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var message = new IncomingMessage(_channels, _protocol);
        var buffer = new byte[LargestMessage];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), ct);
            if (received.MessageType == WebSocketMessageType.Close)
                return;
            await message.AddAsync(buffer.AsMemory(0, received.Count), received.EndOfMessage, ct);
        }
    }
}
