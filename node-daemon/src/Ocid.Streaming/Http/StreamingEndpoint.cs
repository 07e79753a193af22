using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Ocid.Primitives;
using Ocid.Streaming.WebSockets;

namespace Ocid.Streaming.Http;

/// <summary>Whoever comes with a URL that was given out: <c>/exec/TOKEN</c>, <c>/attach/TOKEN</c>, <c>/portforward/TOKEN</c>.</summary>
internal sealed partial class StreamingEndpoint
{
    private readonly OfferBook _offers;
    private readonly SpdyClient _spdy;
    private readonly WebSocketClient _webSocket;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    public StreamingEndpoint(OfferBook offers, IStreamingHost host, StreamingOptions options, TimeProvider time, ILogger logger)
    {
        _offers = offers;
        _spdy = new SpdyClient(host, options, time);
        _webSocket = new WebSocketClient(host, options, time, _spdy);
        _time = time;
        _logger = logger;
    }

    /// <summary>Says no, and why.</summary>
    /// <returns>Why, for the log.</returns>
    public static async Task<string> RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(reason + "\n", context.RequestAborted);
        return $"refused: {reason}";
    }

    /// <summary>Serves one request to its end. One line in the log says how it ended.</summary>
    public async Task ServeAsync(HttpContext context, CancellationToken stopping)
    {
        var path = context.Request.Path.Value!.Split('/');
        if (path.Length != 3 || _offers.Take(path[1], path[2]) is not { } offer)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "no such URL was given out, or it was used before, or it is too old");
            return;
        }

        var started = _time.GetTimestamp();
        var outcome = await OutcomeAsync(context, offer, stopping);
        var elapsed = _time.GetElapsedTime(started);
        LogEnded(offer.Verb, offer.Subject, outcome, elapsed.TotalMilliseconds);
    }

    private async Task<string> OutcomeAsync(HttpContext context, StreamingOffer offer, CancellationToken stopping)
    {
        try
        {
            if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true })
                return await RefuseAsync(context, StatusCodes.Status400BadRequest, "want a connection that is upgraded, to SPDY/3.1 or a WebSocket");
            if (WebSocketHandshake.IsAsked(context.Request))
                return await _webSocket.ServeAsync(context, offer, stopping);
            if (SpdyProtocols.IsAsked(context.Request))
                return await _spdy.ServeAsync(context, offer, stopping);
            return await RefuseAsync(context, StatusCodes.Status400BadRequest, "want SPDY/3.1 or a WebSocket");
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return "the client has gone";
        }
        catch (OcidException failed)
        {
            return failed.Message;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "streaming {Verb} {Subject} ended after {Milliseconds:F0} ms: {Outcome}")]
    private partial void LogEnded(string verb, string subject, string outcome, double milliseconds);
}
