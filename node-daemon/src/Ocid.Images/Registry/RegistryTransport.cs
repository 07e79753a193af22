using System.Collections.Concurrent;
using System.Net;
using Ocid.Images.Live;

namespace Ocid.Images.Registry;

/// <summary>
/// The connections to registries, pooled for the life of the process: one pool that checks certificates, one that does not, and such a pair for each
/// host that has certificates of its own, for as long as their files stay the same.
/// </summary>
/// <param name="roots">Where certs.d is looked for; without, only the system's certificates count.</param>
/// <param name="certificates">The folder of every host's certificates instead, as <c>--cert-dir</c> names it.</param>
internal sealed class RegistryTransport(ImageConfigurationRoots? roots = null, string? certificates = null) : IDisposable
{
    private readonly HttpClient _checked = NewClient(HostCertificates.None, verify: true);
    private readonly HttpClient _unchecked = NewClient(HostCertificates.None, verify: false);
    private readonly ConcurrentDictionary<(string Host, bool Verify), Own> _own = new();

    /// <summary>A request that this transport sends as well as it can.</summary>
    public static HttpRequestMessage Message(HttpMethod method, Uri address, HttpContent? content = null) => new(method, address)
    {
        Content = content,
        // Where TLS offers it; without TLS it is HTTP/1.1.
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
    };

    /// <summary>The connections to a host.</summary>
    /// <exception cref="Primitives.OcidException">FailedPrecondition: the certificates that are meant for it cannot be used.</exception>
    public HttpClient Client(Uri address, bool tlsVerify)
    {
        // Not the transport of plain HTTP: it has no certificates.
        if (address.Scheme != Uri.UriSchemeHttps || CertificateFolder.For(address, roots, certificates) is not { } folder)
            return tlsVerify ? _checked : _unchecked;

        var stamp = folder.Stamp();
        var key = (folder.Path, tlsVerify);
        if (_own.TryGetValue(key, out var own) && own.Stamp == stamp)
            return own.Client;

        // What another request still uses of the former client ends with it: its connections close when they idle.
        own = new Own(stamp, NewClient(folder.Read(), tlsVerify));
        _own[key] = own;
        return own.Client;
    }

    public void Dispose()
    {
        _checked.Dispose();
        _unchecked.Dispose();
        foreach (var own in _own.Values)
            own.Client.Dispose();
    }

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

    private sealed record Own(string Stamp, HttpClient Client);
}
