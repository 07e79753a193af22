using System.Net.WebSockets;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.Testing.Streaming;

namespace Ocid.E2E.Pods;

/// <summary>Exec, attach and port-forward as the kubelet asks for them, and connections to the URLs.</summary>
public static class StreamingRequests
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public static async Task<Uri> ExecUrlAsync(this TestNode node, ExecRequest request) => new((await node.Runtime.ExecAsync(request)).Url);

    public static async Task<Uri> AttachUrlAsync(this TestNode node, AttachRequest request) => new((await node.Runtime.AttachAsync(request)).Url);

    public static async Task<Uri> PortForwardUrlAsync(this TestNode node, string pod, params int[] ports) =>
        new((await node.Runtime.PortForwardAsync(new PortForwardRequest { PodSandboxId = pod, Port = { ports } })).Url);

    /// <summary>A command over SPDY with the streams that the request names, by their type.</summary>
    public static async Task<(SpdyTestClient Client, Dictionary<string, SpdyTestChannel> Streams)> ExecAsync(this TestNode node, ExecRequest request)
    {
        var url = await node.ExecUrlAsync(request);
        return await OpenAsync(url, request.Stdin, request.Stdout, request.Stderr, request.Tty);
    }

    /// <summary>An attachment over SPDY.</summary>
    public static async Task<(SpdyTestClient Client, Dictionary<string, SpdyTestChannel> Streams)> AttachAsync(this TestNode node, AttachRequest request)
    {
        var url = await node.AttachUrlAsync(request);
        return await OpenAsync(url, request.Stdin, request.Stdout, request.Stderr, request.Tty);
    }

    /// <summary>A forwarded connection over SPDY.</summary>
    public static async Task<(SpdyTestClient Client, SpdyTestChannel Data, SpdyTestChannel Error)> ForwardAsync(this TestNode node, string pod, int port)
    {
        var client = await SpdyTestClient.ConnectAsync(await node.PortForwardUrlAsync(pod), "portforward.k8s.io");
        var error = await client.OpenAsync("streamType", "error", "port", $"{port}", "requestID", "0").WaitAsync(Limit);
        return (client, await client.OpenAsync("streamType", "data", "port", $"{port}", "requestID", "0").WaitAsync(Limit), error);
    }

    /// <summary>A WebSocket of <c>v5.channel.k8s.io</c>.</summary>
    public static async Task<ClientWebSocket> WebSocketAsync(Uri url)
    {
        var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        socket.Options.AddSubProtocol("v5.channel.k8s.io");
        await socket.ConnectAsync(new UriBuilder(url) { Scheme = "ws" }.Uri, CancellationToken.None).WaitAsync(Limit);
        return socket;
    }

    /// <summary>What each channel brought until the server closed the connection.</summary>
    public static async Task<Dictionary<int, MemoryStream>> ReadAllAsync(this ClientWebSocket socket)
    {
        var channels = new Dictionary<int, MemoryStream>();
        var buffer = new byte[64 * 1024];
        int? channel = null;
        while (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().WaitAsync(Limit) is { MessageType: not WebSocketMessageType.Close } received)
        {
            var start = channel is null ? 1 : 0;
            channel ??= buffer[0];
            if (!channels.TryGetValue(channel.Value, out var all))
                channels.Add(channel.Value, all = new MemoryStream());
            all.Write(buffer, start, received.Count - start);
            if (received.EndOfMessage)
                channel = null;
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        return channels;
    }

    private static async Task<(SpdyTestClient Client, Dictionary<string, SpdyTestChannel> Streams)> OpenAsync(Uri url, bool input, bool output, bool error, bool tty)
    {
        var client = await SpdyTestClient.ConnectAsync(url, "v4.channel.k8s.io");
        var streams = new Dictionary<string, SpdyTestChannel>();
        foreach (var (wanted, type) in new[] { (true, "error"), (input, "stdin"), (output, "stdout"), (error, "stderr"), (tty, "resize") })
        {
            if (wanted)
                streams.Add(type, await client.OpenAsync("streamType", type).WaitAsync(Limit));
        }

        return (client, streams);
    }
}
