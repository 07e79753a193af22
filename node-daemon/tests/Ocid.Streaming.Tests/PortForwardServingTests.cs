using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using Ocid.Testing.Streaming;

namespace Ocid.Streaming.Tests;

/// <summary>Forwarded ports over connections of each kind; the program in the pod is a listener here.</summary>
public sealed class PortForwardServingTests : IAsyncLifetime, IDisposable
{
    private readonly TestServer _server = TestServer.Start(new StreamingOptions { CreationTimeout = TimeSpan.FromSeconds(1) });
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public PortForwardServingTests() => _listener.Start();

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Connections_are_forwarded_with_half_closes_over_one_SPDY_connection()
    {
        await using var client = await ConnectAsync();
        var echo = EchoAsync(2);
        var first = await OpenPairAsync(client, "0");
        var second = await OpenPairAsync(client, "1");

        await second.Data.SendAsync("two", fin: true);
        (await second.Data.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Be("two");
        await first.Data.SendAsync("one", fin: true);
        (await first.Data.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Be("one");

        (await first.Error.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().BeEmpty();
        await echo.WaitAsync(TestServer.Limit);
    }

    [Fact]
    public async Task Clients_that_name_no_request_are_paired_by_the_order_of_their_streams()
    {
        await using var client = await ConnectAsync();
        var echo = EchoAsync(1);
        await client.OpenAsync("streamType", "error", "port", $"{Port}");
        var data = await client.OpenAsync("streamType", "data", "port", $"{Port}");

        await data.SendAsync("old", fin: true);

        (await data.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Be("old");
        await echo.WaitAsync(TestServer.Limit);
    }

    [Fact]
    public async Task A_hundred_megabytes_come_back_as_they_went()
    {
        var bytes = TestServer.RandomBytes(100 * 1000 * 1000);
        await using var client = await ConnectAsync();
        var echo = EchoAsync(1);
        var (data, _) = await OpenPairAsync(client, "0");

        var sending = SendAsync();
        using var sha = SHA256.Create();
        var sum = await sha.ComputeHashAsync(data.Input).WaitAsync(TestServer.Limit);
        await sending.WaitAsync(TestServer.Limit);

        sum.Should().Equal(SHA256.HashData(bytes));
        await echo.WaitAsync(TestServer.Limit);

        async Task SendAsync()
        {
            for (var sent = 0; sent < bytes.Length; sent += 50_000)
                await data.SendAsync(bytes.AsMemory(sent, 50_000));
            await data.FinishAsync();
        }
    }

    [Fact]
    public async Task Why_there_is_no_connection_is_told_on_the_error_stream()
    {
        _listener.Stop();
        await using var client = await ConnectAsync();
        var error = await client.OpenAsync("streamType", "error", "port", "1", "requestID", "0");
        var data = await client.OpenAsync("streamType", "data", "port", "1", "requestID", "0");

        (await error.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Contain("error forwarding port 1 to pod p1").And.Contain("connection refused");
        await FluentActions.Awaiting(() => data.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task A_pair_that_stays_incomplete_is_given_up_and_doubles_are_reset()
    {
        await using var client = await ConnectAsync();
        var error = await client.OpenAsync("streamType", "error", "port", "1", "requestID", "0");
        var second = await client.OpenAsync("streamType", "error", "port", "1", "requestID", "0");

        await FluentActions.Awaiting(() => second.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().ThrowAsync<IOException>();
        (await error.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Contain("has not come");
    }

    [Theory]
    [InlineData("streamType", "data", "port", "0")]
    [InlineData("streamType", "data", "port", "65536")]
    [InlineData("streamType", "data", "port", "-1")]
    [InlineData("streamType", "other", "port", "80")]
    [InlineData("port", "80")]
    [InlineData("streamType", "data")]
    public async Task Streams_that_do_not_say_what_they_are_for_are_refused(params string[] headers)
    {
        await using var client = await ConnectAsync();

        await FluentActions.Awaiting(() => client.OpenAsync(headers)).Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task Ports_are_forwarded_over_channels_of_a_WebSocket()
    {
        var echo = EchoAsync(1);
        using var socket = await TestServer.WebSocketAsync(await _server.ForwardAsync(Port), "v5.channel.k8s.io");

        (await ReceiveAsync(socket)).Should().Equal(0, (byte)Port, (byte)(Port >> 8));
        (await ReceiveAsync(socket)).Should().Equal(1, (byte)Port, (byte)(Port >> 8));
        await socket.SendAsync(new ReadOnlyMemory<byte>([0, .. "over"u8]), WebSocketMessageType.Binary, true, CancellationToken.None);
        await socket.SendAsync(new ReadOnlyMemory<byte>([255, 0]), WebSocketMessageType.Binary, true, CancellationToken.None);

        (await ReceiveAsync(socket)).Should().Equal([0, .. "over"u8]);
        (await ReceiveAsync(socket)).Should().Equal(255, 0);
        await echo.WaitAsync(TestServer.Limit);
    }

    [Fact]
    public async Task SPDY_goes_through_the_messages_of_a_WebSocket()
    {
        var echo = EchoAsync(1);
        using var socket = await TestServer.TunnelAsync(await _server.ForwardAsync(), "SPDY/3.1+portforward.k8s.io");
        await using var client = SpdyTestClient.Over(WebSocketStream.Create(socket, WebSocketMessageType.Binary, ownsWebSocket: true));
        var (data, error) = await OpenPairAsync(client, "0");

        await data.SendAsync("tunnelled", fin: true);

        (await data.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().Be("tunnelled");
        (await error.ReadTextAsync().WaitAsync(TestServer.Limit)).Should().BeEmpty();
        await echo.WaitAsync(TestServer.Limit);
    }

    [Fact]
    public async Task A_client_that_leaves_closes_its_connections()
    {
        Socket accepted;
        await using (var client = await ConnectAsync())
        {
            await OpenPairAsync(client, "0");
            accepted = await _listener.AcceptSocketAsync();
        }

        using (accepted)
            (await ReadToEndAsync(accepted).WaitAsync(TestServer.Limit)).Should().Be(0);
    }

    private async Task<SpdyTestClient> ConnectAsync() => await SpdyTestClient.ConnectAsync(await _server.ForwardAsync(), "portforward.k8s.io");

    private async Task<(SpdyTestChannel Data, SpdyTestChannel Error)> OpenPairAsync(SpdyTestClient client, string request)
    {
        var error = await client.OpenAsync("streamType", "error", "port", $"{Port}", "requestID", request).WaitAsync(TestServer.Limit);
        return (await client.OpenAsync("streamType", "data", "port", $"{Port}", "requestID", request).WaitAsync(TestServer.Limit), error);
    }

    private async Task EchoAsync(int connections)
    {
        var echoes = new List<Task>();
        for (var i = 0; i < connections; i++)
            echoes.Add(EchoAsync(await _listener.AcceptSocketAsync()));
        await Task.WhenAll(echoes);
    }

    private static async Task EchoAsync(Socket socket)
    {
        using (socket)
        {
            await using var stream = new NetworkStream(socket);
            await stream.CopyToAsync(stream);
            socket.Shutdown(SocketShutdown.Send);
        }
    }

    private static async Task<int> ReadToEndAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[16].AsMemory());
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
    }

    private static async Task<byte[]> ReceiveAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1024];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().WaitAsync(TestServer.Limit);
        return buffer[..received.Count];
    }
}
