using System.Buffers.Binary;
using System.Net.WebSockets;
using Ocid.Streaming.WebSockets;

namespace Ocid.Streaming.Ports;

/// <summary>
/// Port forwarding over a WebSocket: one connection for each port of the offer, with a channel for its data and one for why it failed. Each begins with
/// the port, two bytes, the low one first.
/// </summary>
internal sealed class WebSocketPortForward(PortRelay relay, IReadOnlyList<int> ports)
{
    /// <summary>The number of a channel is one byte, and the last one has another meaning.</summary>
    public const int MostPorts = 127;

    /// <summary>Two channels for each port. Clients of version 5 are told when a program in the pod has nothing more to say.</summary>
    public WebSocketChannels Over(WebSocket socket, ChannelProtocol protocol) => new(socket, protocol, 2 * ports.Count, tellsEnds: true);

    /// <summary>Forwards until every connection has ended.</summary>
    public Task RunAsync(WebSocketChannels channels, CancellationToken ct) =>
        Task.WhenAll(ports.Select((port, index) => ForwardAsync(port, channels[2 * index], channels[(2 * index) + 1], ct)));

    private async Task ForwardAsync(int port, WebSocketChannel data, WebSocketChannel error, CancellationToken ct)
    {
        var number = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(number, (ushort)port);
        await data.WriteAsync(number, ct);
        await error.WriteAsync(number, ct);
        await relay.RunAsync(port, data, error, ct);
    }
}
