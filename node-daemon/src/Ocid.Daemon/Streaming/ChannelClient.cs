using System.Net.WebSockets;

namespace Ocid.Daemon.Streaming;

/// <summary>A client's side of <c>v5.channel.k8s.io</c>: a WebSocket whose messages begin with the number of their channel.</summary>
internal sealed class ChannelClient : IDisposable
{
    private const string Protocol = "v5.channel.k8s.io";
    private const byte CloseChannel = 255;

    private readonly ClientWebSocket _socket;
    private readonly SemaphoreSlim _writing = new(1, 1);

    private ChannelClient(ClientWebSocket socket) => _socket = socket;

    /// <summary>Connects to a URL that the daemon gave out.</summary>
    /// <param name="url">http or https.</param>
    /// <param name="trust">Whom an https server must be.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="IOException">The server does not answer, or refuses.</exception>
    public static async Task<ChannelClient> ConnectAsync(Uri url, ServerTrust trust, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.AddSubProtocol(Protocol);
            socket.Options.Proxy = null;
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            trust.Apply(socket.Options);
            await socket.ConnectAsync(new UriBuilder(url) { Scheme = url.Scheme == "https" ? "wss" : "ws" }.Uri, ct).ConfigureAwait(false);
            return new ChannelClient(socket);
        }
        catch (Exception failure)
        {
            socket.Dispose();
            if (failure is WebSocketException refused)
                throw new IOException($"connect to {url.Authority}: {(refused.InnerException ?? refused).Message}", failure);
            throw;
        }
    }

    /// <summary>Sends bytes of a channel.</summary>
    public async Task SendAsync(byte channel, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await _writing.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            await _socket.SendAsync(new[] { channel }, WebSocketMessageType.Binary, endOfMessage: false, ct).ConfigureAwait(false);
            await _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, ct).ConfigureAwait(false);
        }
        catch (WebSocketException lost)
        {
            throw new IOException(lost.Message, lost);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Says that nothing more comes on a channel.</summary>
    public Task SendEndAsync(byte channel, CancellationToken ct) => SendAsync(CloseChannel, new[] { channel }, ct);

    /// <summary>Hands each piece of what the server sends to <paramref name="receive"/> until it closes the connection; nothing is the end of a channel.</summary>
    /// <exception cref="IOException">The connection was lost.</exception>
    public async Task ReceiveAllAsync(Func<byte, ReadOnlyMemory<byte>, Task> receive, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        int? channel = null;
        try
        {
            while (await _socket.ReceiveAsync(buffer.AsMemory(), ct).ConfigureAwait(false) is { MessageType: not WebSocketMessageType.Close } received)
            {
                var piece = buffer.AsMemory(0, received.Count);
                if (channel is null && piece.Length > 0)
                    (channel, piece) = (piece.Span[0], piece[1..]);
                if (channel == CloseChannel && piece.Length > 0)
                    await receive(piece.Span[0], ReadOnlyMemory<byte>.Empty).ConfigureAwait(false);
                else if (piece.Length > 0)
                    await receive((byte)channel!.Value, piece).ConfigureAwait(false);
                if (received.EndOfMessage)
                    channel = null;
            }

            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct).ConfigureAwait(false);
        }
        catch (WebSocketException lost)
        {
            throw new IOException($"the connection to the daemon was lost: {lost.Message}", lost);
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _writing.Dispose();
    }
}
