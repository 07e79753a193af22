using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Testing.Streaming;

namespace Ocid.Streaming.Tests;

/// <summary>A streaming server over a <see cref="FakeHost"/>.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private TestServer(StreamingOptions options) => Server = new StreamingServer(options, Host, NullLoggerFactory.Instance, Time);

    public FakeHost Host { get; } = new();

    public ManualTime Time { get; } = new();

    public StreamingServer Server { get; }

    public static TestServer Start(StreamingOptions options) => new(options);

    public Task<Uri> ExecAsync(StdioShape stdio, params string[] command) => Server.OfferAsync(new ExecOffer("c1", stdio, command), CancellationToken.None);

    public Task<Uri> ForwardAsync(params int[] ports) => Server.OfferAsync(new PortForwardOffer("p1", ports), CancellationToken.None);

    public async Task<SpdyTestClient> SpdyAsync(StdioShape stdio, params string[] command) =>
        await SpdyTestClient.ConnectAsync(await ExecAsync(stdio, command), "v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io");

    public static async Task<ClientWebSocket> WebSocketAsync(Uri url, params string[] protocols)
    {
        var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        foreach (var protocol in protocols)
            socket.Options.AddSubProtocol(protocol);
        await socket.ConnectAsync(new UriBuilder(url) { Scheme = url.Scheme == "https" ? "wss" : "ws" }.Uri, CancellationToken.None).WaitAsync(Limit);
        return socket;
    }

    /// <summary>A WebSocket with a subprotocol that .NET's client refuses to ask for: its name has a slash.</summary>
    public static async Task<WebSocket> TunnelAsync(Uri url, string protocol)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(url.Host, url.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: {protocol}\r\n\r\n"));
        var answer = new StringBuilder();
        var one = new byte[1];
        while (!answer.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one).AsTask().WaitAsync(Limit) > 0)
            answer.Append((char)one[0]);
        answer.ToString().Should().StartWith("HTTP/1.1 101").And.Contain("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=").And.Contain($"Sec-WebSocket-Protocol: {protocol}\r\n");
        return WebSocket.CreateFromStream(stream, isServer: false, subProtocol: null, keepAliveInterval: TimeSpan.Zero);
    }

    public static byte[] RandomBytes(int count) => RandomNumberGenerator.GetBytes(count);

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
