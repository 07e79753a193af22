using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Ocid.Primitives;

namespace Ocid.Streaming.Http;

/// <summary>A web server on one address. Disposed, it stops.</summary>
internal sealed class WebListener : IAsyncDisposable
{
    private readonly KestrelServer _server;

    private WebListener(KestrelServer server, IPEndPoint endpoint)
    {
        _server = server;
        Endpoint = endpoint;
    }

    /// <summary>Where it listens; the port is the real one.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Starts a server.</summary>
    /// <exception cref="OcidException">Unavailable: the address cannot be listened at.</exception>
    public static async Task<WebListener> StartAsync(
        IPEndPoint endpoint, ServerCertificate? certificate, IHttpApplication<HttpContext> application, ILoggerFactory loggers, CancellationToken ct)
    {
        var socket = Bind(endpoint);
        var bound = (IPEndPoint)socket.LocalEndPoint!;
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        // Behind this the client's own system holds what it sends; the connection's limits on streams count what was taken from here.
        options.Limits.MaxRequestBufferSize = 64 * 1024;
        options.Listen(bound, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
                listen.Use(next => new TlsConnection(certificate, next, loggers).ServeAsync);
        });
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions { CreateBoundListenSocket = _ => socket }), loggers);
        var server = new KestrelServer(Options.Create(options), transport, loggers);
        try
        {
            await server.StartAsync(application, ct);
            return new WebListener(server, bound);
        }
        catch
        {
            server.Dispose();
            socket.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await _server.StopAsync(now.Token);
        _server.Dispose();
    }

    private static Socket Bind(IPEndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            return socket;
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            throw new OcidException(ErrorKind.Unavailable, $"streaming: listen on {endpoint}: {refused.Message.ToLowerInvariant()}", refused);
        }
    }
}
