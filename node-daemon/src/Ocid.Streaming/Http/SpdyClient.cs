using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Ocid.Streaming.Commands;
using Ocid.Streaming.Ports;
using Ocid.Streaming.Spdy;

namespace Ocid.Streaming.Http;

/// <summary>A client that asks for SPDY/3.1.</summary>
internal sealed class SpdyClient(IStreamingHost host, StreamingOptions options, TimeProvider time)
{
    /// <summary>Answers the request and serves the connection to its end.</summary>
    /// <returns>How it ended.</returns>
    public async Task<string> ServeAsync(HttpContext context, StreamingOffer offer, CancellationToken stopping)
    {
        if (SpdyProtocols.Negotiate(context, offer) is not { } version)
            return await StreamingEndpoint.RefuseAsync(context, StatusCodes.Status403Forbidden, "none of the client's protocols is spoken here");

        context.Response.Headers.Upgrade = SpdyProtocols.Upgrade;
        using var transport = new ActiveStream(await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync(), options.IdleTimeout, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, transport.Idle, stopping);
        return offer is PortForwardOffer ports
            ? await ForwardAsync(transport, ports, ended.Token)
            : await RunAsync(transport, (CommandOffer)offer, version, ended.Token);
    }

    /// <summary>Forwards ports over a connection, which may itself be inside another.</summary>
    public async Task<string> ForwardAsync(Stream transport, PortForwardOffer offer, CancellationToken ct)
    {
        using var connection = new SpdyConnection(transport, SpdyPortForward.Accepts, SpdyLimits.Default);
        var forward = new SpdyPortForward(new PortRelay(host, offer.PodSandboxId), options.CreationTimeout, time);
        return await Conversation.RunAsync(
            connection.RunAsync,
            async gone =>
            {
                await forward.RunAsync(connection, gone);
                return "the client has closed it";
            },
            options.LingerLimit,
            time,
            ct);
    }

    private async Task<string> RunAsync(ActiveStream transport, CommandOffer offer, int version, CancellationToken ct)
    {
        var streams = new SpdyCommandStreams(offer.Stdio, version);
        using var connection = new SpdyConnection(transport, streams.Accepts, SpdyLimits.Default);
        var status = await Conversation.RunAsync(
            connection.RunAsync,
            async gone => await new CommandSession(host, offer).RunAsync(await streams.CollectAsync(connection, options.CreationTimeout, time, gone), gone),
            options.LingerLimit,
            time,
            ct);
        return status.ToString();
    }
}
