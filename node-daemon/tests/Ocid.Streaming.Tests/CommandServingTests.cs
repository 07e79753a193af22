using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Ocid.Primitives;
using Ocid.Testing.Streaming;

namespace Ocid.Streaming.Tests;

/// <summary>Commands and attachments over connections of both kinds.</summary>
public sealed class CommandServingTests : IAsyncLifetime
{
    private static readonly StdioShape All = new(true, true, true, false);
    private static readonly StdioShape OutputOnly = new(false, true, false, false);
    private static readonly StdioShape OnTerminal = new(true, true, false, true);

    private TestServer _server = null!;

    public Task InitializeAsync()
    {
        _server = TestServer.Start(new StreamingOptions { CreationTimeout = TimeSpan.FromSeconds(1) });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("v4.channel.k8s.io", """{"status":"Success"}""")]
    [InlineData("v3.channel.k8s.io", "")]
    [InlineData("v2.channel.k8s.io", "")]
    [InlineData("channel.k8s.io", "")]
    [InlineData(null, "")]
    public async Task A_command_runs_over_each_protocol_of_SPDY(string? protocol, string status)
    {
        string[] offered = protocol is null ? [] : ["v9.channel.k8s.io", protocol];
        await using var client = await SpdyTestClient.ConnectAsync(await _server.ExecAsync(All, "cat"), offered);
        client.Protocol.Should().Be(protocol);
        var error = await client.OpenAsync("streamType", "error");
        var input = await client.OpenAsync("streamType", "stdin");
        var output = await client.OpenAsync("streamType", "stdout");
        await client.OpenAsync("streamType", "stderr");

        await input.SendAsync("hello", fin: true);

        (await output.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Be("hello");
        (await error.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Be(status);
    }

    [Fact]
    public async Task An_exit_code_and_both_outputs_come_over_SPDY()
    {
        await using var printing = await _server.SpdyAsync(All with { Input = false }, "print", "out", "err");
        var (error, output, errors) = (await printing.OpenAsync("streamType", "error"), await printing.OpenAsync("streamType", "stdout"), await printing.OpenAsync("streamType", "stderr"));
        (await output.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Be("out");
        (await errors.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Be("err");
        (await error.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Contain("Success");

        await using var exiting = await _server.SpdyAsync(OutputOnly, "exit", "7");
        error = await exiting.OpenAsync("streamType", "error");
        await exiting.OpenAsync("streamType", "stdout");
        (await error.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Contain("\"NonZeroExitCode\"").And.Contain("\"message\":\"7\"");
    }

    [Fact]
    public async Task A_failure_is_told_on_the_error_stream()
    {
        await using var client = await _server.SpdyAsync(OutputOnly, "fail");
        var error = await client.OpenAsync("streamType", "error");
        await client.OpenAsync("streamType", "stdout");

        (await error.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Contain("no such program").And.Contain("InternalError");
    }

    [Fact]
    public async Task Sizes_of_a_terminal_reach_the_command()
    {
        await using var client = await _server.SpdyAsync(OnTerminal, "sizes");
        await client.OpenAsync("streamType", "error");
        await client.OpenAsync("streamType", "stdin");
        var output = await client.OpenAsync("streamType", "stdout");
        var resize = await client.OpenAsync("streamType", "resize");

        await resize.SendAsync("{\"Width\":100,\"Height\":40}");
        var seen = new byte[7];
        await output.Input.ReadExactlyAsync(seen).AsTask().WaitAsync(TestServer.Limit);
        await resize.SendAsync("{\"Width\":90,\"Height\":30}", fin: true);

        Encoding.ASCII.GetString(seen).Should().Be("100x40 ");
        (await output.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Be("90x30 ");
    }

    [Fact]
    public async Task A_client_that_does_not_open_its_streams_is_cut_off()
    {
        await using var client = await _server.SpdyAsync(All, "wait");
        await client.OpenAsync("streamType", "error");

        await client.Closed.WaitAsync(TestServer.Limit);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_its_command()
    {
        await using (var client = await _server.SpdyAsync(OutputOnly, "wait"))
        {
            await client.OpenAsync("streamType", "error");
            await client.OpenAsync("streamType", "stdout");
        }

        await _server.Host.Abandoned.WaitAsync(TestServer.Limit);
    }

    [Fact]
    public async Task A_connection_over_which_nothing_passes_is_closed()
    {
        await using var server = TestServer.Start(new StreamingOptions { IdleTimeout = TimeSpan.FromSeconds(1) });
        await using var client = await server.SpdyAsync(OutputOnly, "wait");
        await client.OpenAsync("streamType", "error");
        await client.OpenAsync("streamType", "stdout");

        await server.Host.Abandoned.WaitAsync(TestServer.Limit);
        await client.Closed.WaitAsync(TestServer.Limit);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_that_does_not_read_stops_the_command_and_not_the_memory(bool spdy)
    {
        // Without an end: once the client has gone, Kestrel takes what is written and throws it away, for the moment until that is known.
        const long Size = long.MaxValue;
        if (spdy)
        {
            await using var client = await _server.SpdyAsync(OutputOnly, "flood", $"{Size}");
            await client.OpenAsync("streamType", "error");
            client.Paused = true;
            await client.OpenAsync("streamType", "stdout").WaitAsync(TestServer.Limit);
            await ExpectStallAsync();
        }
        else
        {
            using var client = await TestServer.WebSocketAsync(await _server.ExecAsync(OutputOnly, "flood", $"{Size}"), "v5.channel.k8s.io");
            await ExpectStallAsync();
        }

        await _server.Host.Abandoned.WaitAsync(TestServer.Limit);

        async Task ExpectStallAsync()
        {
            long before;
            do
            {
                before = _server.Host.Flooded;
                await Task.Delay(500);
            }
            while (_server.Host.Flooded != before || before == 0);
            before.Should().BeLessThan(LargestBuffer("tcp_rmem") + LargestBuffer("tcp_wmem") + (16 * 1024 * 1024), "what the system's socket buffers hold");
        }

        // Least, usual and most bytes.
        static long LargestBuffer(string name) => long.Parse(File.ReadAllText($"/proc/sys/net/ipv4/{name}").Split('\t')[2], CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io")]
    [InlineData("channel.k8s.io")]
    [InlineData("v4.base64.channel.k8s.io")]
    [InlineData("base64.channel.k8s.io")]
    public async Task A_command_runs_over_each_protocol_of_WebSockets(string protocol)
    {
        using var socket = await TestServer.WebSocketAsync(await _server.ExecAsync(All with { Input = false }, "print", "out", "err"), protocol);
        socket.SubProtocol.Should().Be(protocol);

        var channels = await ReadAllAsync(socket, protocol.Contains("base64", StringComparison.Ordinal));

        channels[1].Should().Be("out");
        channels[2].Should().Be("err");
        channels.GetValueOrDefault(3, "").Should().Be(protocol.StartsWith('v') ? """{"status":"Success"}""" : "");
    }

    [Fact]
    public async Task In_version_5_a_client_ends_its_input_alone()
    {
        using var socket = await TestServer.WebSocketAsync(await _server.ExecAsync(All, "cat"), "v5.channel.k8s.io", "v4.channel.k8s.io");
        await socket.SendAsync(new ReadOnlyMemory<byte>([0, .. "half"u8]), WebSocketMessageType.Binary, true, CancellationToken.None);
        await socket.SendAsync(new ReadOnlyMemory<byte>([255, 0]), WebSocketMessageType.Binary, true, CancellationToken.None);

        var channels = await ReadAllAsync(socket, base64: false);

        channels[1].Should().Be("half");
        channels[3].Should().Contain("Success");
    }

    [Fact]
    public async Task Messages_for_channels_that_do_not_exist_are_thrown_away()
    {
        using var socket = await TestServer.WebSocketAsync(await _server.ExecAsync(All, "cat"), "v5.channel.k8s.io");
        foreach (var message in new byte[][] { [9, 1, 2], [3, 1], [], [255], [255, 77], [4, 1, 2, 3], [0, .. "x"u8], [255, 0] })
            await socket.SendAsync(message.AsMemory(), WebSocketMessageType.Binary, true, CancellationToken.None);

        (await ReadAllAsync(socket, base64: false))[1].Should().Be("x");
    }

    [Fact]
    public async Task A_hundred_megabytes_come_back_as_they_went_over_SPDY()
    {
        var bytes = TestServer.RandomBytes(100 * 1000 * 1000);
        await using var client = await _server.SpdyAsync(All with { Error = false }, "cat");
        var error = await client.OpenAsync("streamType", "error");
        var input = await client.OpenAsync("streamType", "stdin");
        var output = await client.OpenAsync("streamType", "stdout");

        var sending = SendAsync();
        using var sha = SHA256.Create();
        var sum = await sha.ComputeHashAsync(output.Input).WaitAsync(TestServer.Limit);
        await sending.WaitAsync(TestServer.Limit);

        sum.Should().Equal(SHA256.HashData(bytes));
        (await error.ReadTextAsync()).Should().Contain("Success");

        async Task SendAsync()
        {
            for (var sent = 0; sent < bytes.Length; sent += 50_000)
                await input.SendAsync(bytes.AsMemory(sent, 50_000));
            await input.FinishAsync();
        }
    }

    [Fact]
    public async Task An_attachment_is_served()
    {
        var url = await _server.Server.OfferAsync(new AttachOffer("c7", OutputOnly), CancellationToken.None);
        using var socket = await TestServer.WebSocketAsync(url, "v5.channel.k8s.io");

        (await ReadAllAsync(socket, base64: false))[1].Should().Be("attached to c7");
    }

    [Fact]
    public async Task A_URL_is_good_once_and_for_a_minute()
    {
        var url = await _server.ExecAsync(OutputOnly, "exit", "0");
        await using (await SpdyTestClient.ConnectAsync(url))
        {
        }

        await RefusedAsync(url, "404");
        await RefusedAsync(new Uri(url, "/exec/guessed"), "404");
        await RefusedAsync(new Uri(url, "/"), "404");
        var old = await _server.ExecAsync(OutputOnly, "exit", "0");
        _server.Time.Advance(TimeSpan.FromSeconds(61));
        await RefusedAsync(old, "404");
    }

    [Fact]
    public async Task Requests_that_are_no_upgrade_or_speak_nothing_known_are_refused_with_the_reason()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var answer = await http.GetAsync(await _server.ExecAsync(OutputOnly, "exit", "0"));
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("SPDY/3.1 or a WebSocket");

        var url = await _server.ExecAsync(OutputOnly, "exit", "0");
        await FluentActions.Awaiting(() => SpdyTestClient.ConnectAsync(url, "v9.channel.k8s.io")).Should().ThrowAsync<HttpRequestException>().WithMessage("*403*");
        url = await _server.ExecAsync(OutputOnly, "exit", "0");
        await FluentActions.Awaiting(() => TestServer.WebSocketAsync(url, "v9.channel.k8s.io")).Should().ThrowAsync<WebSocketException>().WithMessage("*403*");
    }

    [Fact]
    public async Task Streams_that_no_process_has_are_refused()
    {
        var refused = await FluentActions.Awaiting(() => _server.ExecAsync(new StdioShape(false, true, true, true), "true")).Should().ThrowAsync<OcidException>();
        refused.Which.Kind.Should().Be(ErrorKind.InvalidArgument);
        await FluentActions.Awaiting(() => _server.ExecAsync(new StdioShape(false, false, false, false), "true")).Should().ThrowAsync<OcidException>();
    }

    [Fact]
    public async Task An_address_that_is_taken_is_told_to_who_asks_for_a_URL()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var server = TestServer.Start(new StreamingOptions { Endpoint = (IPEndPoint)taken.LocalEndpoint });

        var failure = await FluentActions.Awaiting(() => server.ExecAsync(OutputOnly, "true")).Should().ThrowAsync<OcidException>();
        failure.Which.Kind.Should().Be(ErrorKind.Unavailable);
    }

    private static async Task RefusedAsync(Uri url, string status) =>
        await FluentActions.Awaiting(() => SpdyTestClient.ConnectAsync(url)).Should().ThrowAsync<HttpRequestException>().WithMessage($"*{status}*");

    // What each channel brought until the server closed the connection.
    private static async Task<Dictionary<int, string>> ReadAllAsync(ClientWebSocket socket, bool base64)
    {
        var channels = new Dictionary<int, string>();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).AsTask().WaitAsync(TestServer.Limit);
                length += received.Count;
            }
            while (!received.EndOfMessage);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                return channels;
            }

            var channel = base64 ? buffer[0] - '0' : buffer[0];
            var text = Encoding.UTF8.GetString(buffer, 1, length - 1);
            channels[channel] = channels.GetValueOrDefault(channel, "") + (base64 ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : text);
        }
    }
}
