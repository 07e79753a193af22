using System.Collections.Concurrent;
using System.Net;
using Ocid.Images.Live;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>
/// The connections to registries, pooled for the life of the process: one pool that checks certificates, one that does not, and such a pair for each
/// host that has certificates of its own, for as long as their files stay the same.
/// </summary>
/// <param name="roots">Where certs.d is looked for; the system's certificates alone without.</param>
/// <param name="certificates">The folder of certificates for every host instead, as <c>--cert-dir</c> names it.</param>
internal sealed class RegistryTransport(ImageConfigurationRoots? roots = null, string? certificates = null) : IDisposable
{
    private readonly HttpClient _checked = NewClient(HostCertificates.None, verify: true);
    private readonly HttpClient _unchecked = NewClient(HostCertificates.None, verify: false);
    private readonly ConcurrentDictionary<(string Folder, bool Verify), LiveFiles<HttpClient>> _own = new();

    /// <summary>A request in the best HTTP that both sides know: HTTP/2 where TLS offers it.</summary>
    public static HttpRequestMessage Message(HttpMethod method, Uri address, HttpContent? content = null) => new(method, address)
    {
        Content = content,
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
    };

    /// <summary>The connections to a host.</summary>
    /// <exception cref="OcidException">FailedPrecondition: the certificates that are meant for it cannot be used.</exception>
    public HttpClient Client(Uri address, bool tlsVerify)
    {
        var folder = address.Scheme == Uri.UriSchemeHttps ? certificates ?? (roots is null ? null : CertificateFolder.For(address, roots)) : null;
        return folder is null
            ? tlsVerify ? _checked : _unchecked
            : _own.GetOrAdd((folder, tlsVerify), OwnClient).Current;
    }

    public void Dispose()
    {
        _checked.Dispose();
        _unchecked.Dispose();
    }

    // A client whose files changed is not disposed: requests may still use it, and its connections close when they idle.
    private static LiveFiles<HttpClient> OwnClient((string Folder, bool Verify) key) =>
        new(reading => NewClient(CertificateFolder.Read(reading, key.Folder), key.Verify));

    private static HttpClient NewClient(HostCertificates certificates, bool verify)
    {
        var handler = new SocketsHttpHandler
        {
            // Redirects are followed by RegistryEndpoint, which decides what may go along.
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = null,
            Proxy = new EnvironmentProxy(Environment.GetEnvironmentVariable),
            SslOptions = certificates.Options(verify),
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("ocid/0.1");
        return client;
    }
}
