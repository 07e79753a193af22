using System.Net.WebSockets;

namespace Ocid.Streaming.WebSockets;

/// <summary>A WebSocket as one stream of bytes: what its messages hold, one behind the other.</summary>
internal sealed class WebSocketByteStream(WebSocket socket) : AsyncStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer, cancellationToken);
                if (received.Count > 0 || received.MessageType == WebSocketMessageType.Close)
                    return received.Count;
            }
        }
        catch (WebSocketException lost)
        {
            throw new IOException($"websocket: {lost.Message}", lost);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await socket.SendAsync(buffer, WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        catch (WebSocketException lost)
        {
            throw new IOException($"websocket: {lost.Message}", lost);
        }
    }
}
