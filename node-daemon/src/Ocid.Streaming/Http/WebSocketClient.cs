using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Ocid.Streaming.Commands;
using Ocid.Streaming.Ports;
using Ocid.Streaming.WebSockets;

namespace Ocid.Streaming.Http;

/// <summary>A client that asks for a WebSocket.</summary>
internal sealed class WebSocketClient(IStreamingHost host, StreamingOptions options, TimeProvider time, SpdyClient spdy)
{
    /// <summary>Answers the request and serves the connection to its end.</summary>
    /// <returns>How it ended.</returns>
    public async Task<string> ServeAsync(HttpContext context, StreamingOffer offer, CancellationToken stopping)
    {
        if (!WebSocketHandshake.IsValid(context.Request))
            return await StreamingEndpoint.RefuseAsync(context, StatusCodes.Status400BadRequest, "not a handshake of a WebSocket");
        var offered = WebSocketHandshake.Offered(context.Request);
        if (offer is PortForwardOffer tunnelled && offered.Contains(ChannelProtocol.PortForwardTunnel))
            return await TunnelAsync(context, tunnelled, stopping);
        if (ChannelProtocol.Choose(offered) is not { } protocol)
            return await StreamingEndpoint.RefuseAsync(context, StatusCodes.Status403Forbidden, "none of the client's protocols is spoken here");
        if (offer is PortForwardOffer { Ports.Count: 0 or > WebSocketPortForward.MostPorts })
            return await StreamingEndpoint.RefuseAsync(context, StatusCodes.Status400BadRequest, $"the request names no port, or more than {WebSocketPortForward.MostPorts}");

        ActiveStream? transport = null;
        using var socket = await WebSocketHandshake.AcceptAsync(context, protocol.Name, stream => transport = new ActiveStream(stream, options.IdleTimeout, time));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, transport!.Idle, stopping);
        return offer is PortForwardOffer ports
            ? await ForwardAsync(socket, ports, protocol, ended.Token)
            : await RunAsync(socket, (CommandOffer)offer, protocol, ended.Token);
    }

    private async Task<string> RunAsync(WebSocket socket, CommandOffer offer, ChannelProtocol protocol, CancellationToken ct)
    {
        using var channels = WebSocketCommandChannels.Over(socket, protocol);
        var status = await Conversation.RunAsync(
            channels.RunAsync,
            async gone =>
            {
                var opened = await WebSocketCommandChannels.OpenAsync(channels, protocol, offer.Stdio, gone);
                var status = await new CommandSession(host, offer).RunAsync(opened, gone);
                await channels.CloseAsync(gone);
                return status;
            },
            options.LingerLimit,
            time,
            ct);
        return status.ToString();
    }

    private async Task<string> ForwardAsync(WebSocket socket, PortForwardOffer offer, ChannelProtocol protocol, CancellationToken ct)
    {
        var forward = new WebSocketPortForward(new PortRelay(host, offer.PodSandboxId), offer.Ports);
        using var channels = forward.Over(socket, protocol);
        return await Conversation.RunAsync(
            channels.RunAsync,
            async gone =>
            {
                await forward.RunAsync(channels, gone);
                await channels.CloseAsync(gone);
                return "every connection has ended";
            },
            options.LingerLimit,
            time,
            ct);
    }

    private async Task<string> TunnelAsync(HttpContext context, PortForwardOffer offer, CancellationToken stopping)
    {
        ActiveStream? transport = null;
        using var socket = await WebSocketHandshake.AcceptAsync(
            context, ChannelProtocol.PortForwardTunnel, stream => transport = new ActiveStream(stream, options.IdleTimeout, time));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, transport!.Idle, stopping);
        await using var bytes = new WebSocketByteStream(socket);
        return await spdy.ForwardAsync(bytes, offer, ended.Token);
    }
}
