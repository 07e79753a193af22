using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Ocid.Agent.Cluster;
using Ocid.Primitives;
using Ocid.Streaming.Http;

namespace Ocid.Daemon.Nodes;

/// <summary>
/// The daemon's metrics for the cluster: fetched from its unix socket, over TLS, for bearers of a token that the API server lets read <c>/metrics</c>. Without a
/// certificate it makes one for itself, as controllers do.
/// </summary>
internal sealed class MetricsServer : IAsyncDisposable
{
    private const string Path = "/metrics";

    private readonly WebApplication _host;

    private MetricsServer(WebApplication host) => _host = host;

    /// <summary>Starts to serve.</summary>
    /// <param name="options">Where, and with what.</param>
    /// <param name="socket">The daemon's unix socket.</param>
    /// <param name="api">Whom tokens are shown to.</param>
    /// <param name="loggers">For a certificate that is renewed.</param>
    /// <param name="ct">Gives up the start.</param>
    /// <exception cref="OcidException">InvalidArgument: the certificate cannot be read.</exception>
    public static async Task<MetricsServer> StartAsync(MetricsServerOptions options, string socket, ClusterApi api, ILoggerFactory loggers, CancellationToken ct)
    {
        var https = options.IsPlain ? null : Https(options, loggers);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address, listen =>
            {
                if (https is not null)
                    listen.UseHttps(https);
            });
        });
        var host = builder.Build();
        var daemon = Daemon(socket);
        host.Run(context => AnswerAsync(context, daemon, options.IsPlain ? null : api));
        await host.StartAsync(ct).ConfigureAwait(false);
        return new MetricsServer(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync().ConfigureAwait(false);
        await _host.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task AnswerAsync(HttpContext context, HttpClient daemon, ClusterApi? api)
    {
        var ct = context.RequestAborted;
        try
        {
            var status = context.Request.Path != Path ? HttpStatusCode.NotFound : api is null ? HttpStatusCode.OK : await AdmitAsync(context.Request, api, ct).ConfigureAwait(false);
            context.Response.StatusCode = (int)status;
            if (status != HttpStatusCode.OK)
                return;
            using var answer = await daemon.GetAsync(new Uri(Path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body, ct).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is HttpRequestException or OcidException && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync(failure.Message + "\n", ct).ConfigureAwait(false);
        }
    }

    private static async Task<HttpStatusCode> AdmitAsync(HttpRequest request, ClusterApi api, CancellationToken ct)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header is not { Scheme: "Bearer", Parameter: { Length: > 0 } token })
            return HttpStatusCode.Unauthorized;
        return await api.MayReadAsync(token, Path, ct).ConfigureAwait(false) ? HttpStatusCode.OK : HttpStatusCode.Forbidden;
    }

    // The socket speaks HTTP/2 alone.
    private static HttpClient Daemon(string socket) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, ct) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), ct).ConfigureAwait(false);
                return new NetworkStream(connection, ownsSocket: true);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = new Uri("http://localhost"),
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private static TlsHandshakeCallbackOptions Https(MetricsServerOptions options, ILoggerFactory loggers)
    {
        if (options.Tls is { } files)
        {
            var renewed = new ServerCertificate(files, "metrics", loggers.CreateLogger<MetricsServer>());
            return new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(renewed.Options()) };
        }

        var own = new SslServerAuthenticationOptions { ServerCertificate = OwnCertificate() };
        return new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(own) };
    }

    private static X509Certificate2 OwnCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ocid-agent", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddYears(1));
    }
}
