using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Ocid.Cri.Metrics;
using Ocid.Cri.Serving;
using Ocid.Linux;

namespace Ocid.Cri;

/// <summary>A running CRI server: gRPC on a unix socket, metrics and health over HTTP/1.1 on a TCP address. Disposed, it stops.</summary>
public sealed partial class CriServer : IAsyncDisposable
{
    /// <summary>The kubelet caps its messages at the same size.</summary>
    internal const int LargestMessage = 16 * 1024 * 1024;

    private readonly WebApplication _host;
    private readonly FileLock _lock;
    private readonly string _socketPath;

    private CriServer(WebApplication host, FileLock held, string socketPath, IPEndPoint? metricsEndpoint)
    {
        _host = host;
        _lock = held;
        _socketPath = socketPath;
        MetricsEndpoint = metricsEndpoint;
    }

    /// <summary>Where the metrics are really served; null when they are not.</summary>
    public IPEndPoint? MetricsEndpoint { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="options">Where to listen.</param>
    /// <param name="calls">The calls to answer.</param>
    /// <param name="metrics">Counts the calls, and is exposed.</param>
    /// <param name="loggers">The daemon's loggers.</param>
    /// <param name="ct">Gives up the start.</param>
    /// <exception cref="Primitives.OcidException">FailedPrecondition: another daemon serves the socket.</exception>
    public static async Task<CriServer> StartAsync(
        CriServerOptions options, CriCalls calls, CriMetrics metrics, ILoggerFactory loggers, CancellationToken ct)
    {
        options.Validate();
        ListeningSockets.PrepareDirectory(options.SocketPath);
        var held = SocketLock.Take(options.SocketPath);
        WebApplication? host = null;
        try
        {
            ProcessMetrics.AddTo(metrics.Registry);
            var tcp = BindMetrics(options, loggers);
            host = Build(options, calls, metrics, loggers, tcp);
            await host.StartAsync(ct);
            return new CriServer(host, held, options.SocketPath, (IPEndPoint?)tcp?.LocalEndPoint);
        }
        catch
        {
            if (host is not null)
                await host.DisposeAsync();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Lets running calls end within the limit of the options, then cuts them off and removes the socket.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await _host.DisposeAsync();
        File.Delete(_socketPath);
        _lock.Dispose();
    }

    private static Socket? BindMetrics(CriServerOptions options, ILoggerFactory loggers)
    {
        if (options.MetricsEndpoint is not { } endpoint)
            return null;

        var socket = ListeningSockets.TryBindTcp(endpoint, out var failure);
        if (socket is null) // pods matter more than their metrics
            LogNoMetrics(loggers.CreateLogger<CriServer>(), endpoint, failure!.Message);
        return socket;
    }

    private static WebApplication Build(
        CriServerOptions options, CriCalls calls, CriMetrics metrics, ILoggerFactory loggers, Socket? tcp)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore()
            .UseSockets(sockets => sockets.CreateBoundListenSocket = endpoint =>
                endpoint is UnixDomainSocketEndPoint ? ListeningSockets.BindUnix(options.SocketPath) : tcp!)
            .ConfigureKestrel(kestrel =>
            {
                SetLimits(kestrel.Limits);
                kestrel.AddServerHeader = false;
                kestrel.ListenUnixSocket(options.SocketPath, listen => listen.Protocols = HttpProtocols.Http2);
                if (tcp is not null)
                    kestrel.Listen((IPEndPoint)tcp.LocalEndPoint!, listen => listen.Protocols = HttpProtocols.Http1);
            });

        AddServices(builder.Services, options, calls, metrics, loggers);
        var host = builder.Build();
        host.MapGrpcService<RuntimeServiceHost>();
        host.MapGrpcService<ImageServiceHost>();
        host.MapMetrics(metrics, options.WhyNotReady);
        return host;
    }

    private static void AddServices(
        IServiceCollection services, CriServerOptions options, CriCalls calls, CriMetrics metrics, ILoggerFactory loggers)
    {
        services.AddSingleton<ILoggerFactory>(new QuietLoggerFactory(loggers));
        services.AddSingleton<IHostLifetime, NoLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownLimit);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(metrics);
        services.AddSingleton(calls);
        services.AddSingleton<CallOutcomes>();
        services.AddSingleton<RuntimeServiceHost>();
        services.AddSingleton<ImageServiceHost>();
        services.AddRoutingCore();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = LargestMessage;
            grpc.MaxSendMessageSize = LargestMessage;
            grpc.Interceptors.Add<CallOutcomes>();
        });
    }

    private static void SetLimits(KestrelServerLimits limits)
    {
        // The kubelet has one connection: with the default of 100 streams as many StopContainers in their grace period would block it.
        limits.Http2.MaxStreamsPerConnection = 10_000;
        limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
        limits.Http2.InitialStreamWindowSize = 1024 * 1024;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.MaxRequestBodySize = null;
        limits.KeepAliveTimeout = TimeSpan.FromDays(1);
    }

    [LoggerMessage(1, LogLevel.Warning, "metrics are not served: listen on {Endpoint}: {Reason}")]
    private static partial void LogNoMetrics(ILogger logger, IPEndPoint endpoint, string reason);
}
