using System.Net;
using System.Net.Sockets;
using Grpc.Net.Client;
using Ocid.Cri.Metrics;
using Ocid.Cri.Node;
using Ocid.Cri.V1;

namespace Ocid.Cri.Tests.Serving;

/// <summary>A CRI server on a socket of its own, and a client that talks to it over one connection, as the kubelet does.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly CriServer _server;
    private readonly GrpcChannel _channel;
    private readonly TemporaryDirectory? _directory;

    private RunningServer(CriServer server, string socketPath, LogLines logs, TemporaryDirectory? directory)
    {
        _server = server;
        _directory = directory;
        Logs = logs;
        SocketPath = socketPath;
        _channel = Connect(socketPath);
        Runtime = new RuntimeService.RuntimeServiceClient(_channel);
    }

    public string SocketPath { get; }

    public LogLines Logs { get; }

    public RuntimeService.RuntimeServiceClient Runtime { get; }

    public Uri MetricsAddress => new($"http://{_server.MetricsEndpoint}/");

    public static async Task<RunningServer> StartAsync(CriCalls? calls = null, Func<CriServerOptions, CriServerOptions>? adjust = null)
    {
        var directory = new TemporaryDirectory();
        var logs = new LogLines();
        var options = new CriServerOptions
        {
            SocketPath = Path.Combine(directory.Path, "run", "ocid.sock"),
            MetricsEndpoint = new IPEndPoint(IPAddress.Loopback, 0),
            ShutdownLimit = TimeSpan.FromSeconds(1),
        };
        options = adjust?.Invoke(options) ?? options;
        try
        {
            var server = await CriServer.StartAsync(
                options, (calls ?? new CriCalls()).Add(new ReportVersion()), new CriMetrics(Prometheus.Metrics.NewCustomRegistry()), logs, default);
            return new RunningServer(server, options.SocketPath, logs, directory);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _server.DisposeAsync();
        _directory?.Dispose();
    }

    private static GrpcChannel Connect(string socketPath)
    {
        var handler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = false,
            ConnectCallback = async (_, ct) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = 16 * 1024 * 1024,
            MaxSendMessageSize = 16 * 1024 * 1024,
        });
    }
}
