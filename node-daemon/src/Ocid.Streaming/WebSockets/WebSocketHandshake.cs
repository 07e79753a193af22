using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Ocid.Streaming.WebSockets;

/// <summary>The server's side of the opening handshake.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc6455#section-4.2</remarks>
internal static class WebSocketHandshake
{
    private const string Suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    public static bool IsAsked(HttpRequest request) =>
        request.Headers.Upgrade.Any(value => string.Equals(value, "websocket", StringComparison.OrdinalIgnoreCase));

    /// <summary>The subprotocols that the client would speak, best first.</summary>
    public static IReadOnlyList<string> Offered(HttpRequest request) =>
        request.Headers.GetCommaSeparatedValues("Sec-WebSocket-Protocol");

    /// <summary>Whether the request is one that a handshake can answer.</summary>
    public static bool IsValid(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.SecWebSocketVersion == "13" && IsKey(request.Headers.SecWebSocketKey.ToString());

    /// <summary>Answers, and makes the connection a WebSocket.</summary>
    /// <param name="context">The request.</param>
    /// <param name="protocol">The subprotocol that was chosen; empty for none.</param>
    /// <param name="wrap">Goes between the connection and the WebSocket.</param>
    public static async Task<WebSocket> AcceptAsync(HttpContext context, string protocol, Func<Stream, Stream> wrap)
    {
        var headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(context.Request.Headers.SecWebSocketKey.ToString());
        if (protocol.Length > 0)
            headers.SecWebSocketProtocol = protocol;
        // The subprotocol is the handshake's alone: WebSocket refuses the name of the tunnel for its slash.
        var transport = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        return WebSocket.CreateFromStream(wrap(transport), new WebSocketCreationOptions
        {
            IsServer = true,
            KeepAliveInterval = TimeSpan.Zero,
        });
    }

    [SuppressMessage("Security", "CA5350", Justification = "The handshake proves that the server read the request; nothing is kept secret by it.")]
    private static string Accept(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + Suffix)));

    private static bool IsKey(string key)
    {
        Span<byte> nonce = stackalloc byte[18];
        return key.Length == 24 && Convert.TryFromBase64String(key, nonce, out var length) && length == 16;
    }
}
