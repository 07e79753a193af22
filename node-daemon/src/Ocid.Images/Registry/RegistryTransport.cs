using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;

namespace Ocid.Images.Registry;

/// <summary>The connections to registries, pooled for the life of the process: one pool that checks certificates, one that does not.</summary>
internal sealed class RegistryTransport : IDisposable
{
    private readonly HttpClient _checked = NewClient(verify: true);
    private readonly HttpClient _unchecked = NewClient(verify: false);

    public HttpClient Client(bool tlsVerify) => tlsVerify ? _checked : _unchecked;

    public void Dispose()
    {
        _checked.Dispose();
        _unchecked.Dispose();
    }

    [SuppressMessage("Security", "CA5359", Justification = "only for whom TLS verification was waived by name")]
    private static HttpClient NewClient(bool verify)
    {
        var handler = new SocketsHttpHandler
        {
            // Redirects are followed by RegistryClient, which decides what may go along.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ActivityHeadersPropagator = null,
            Proxy = new EnvironmentProxy(Environment.GetEnvironmentVariable),
        };
        if (!verify)
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };

        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("ocid/0.1");
        return client;
    }
}
