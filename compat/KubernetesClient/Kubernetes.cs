using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using k8s.Authentication;

namespace k8s;

public class Kubernetes : AbstractKubernetes, IDisposable
{
    public Kubernetes(KubernetesClientConfiguration config, params DelegatingHandler[] handlers)
    {
        BaseUri = new Uri(config.Host.TrimEnd('/') + "/");
        Credentials = config.TokenProvider is { } provider ? new TokenCredentials(provider)
            : string.IsNullOrEmpty(config.AccessToken) ? null
            : new TokenCredentials(config.AccessToken);

        HttpMessageHandler first = Sockets(config);
        foreach (var handler in handlers.Reverse())
        {
            handler.InnerHandler = first;
            first = handler;
        }

        HttpClient = new HttpClient(first) { Timeout = config.HttpClientTimeout };
    }

    public Uri BaseUri { get; set; }

    public ServiceClientCredentials? Credentials { get; }

    public HttpClient HttpClient { get; protected set; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            HttpClient.Dispose();
    }

    private static SocketsHttpHandler Sockets(KubernetesClientConfiguration config)
    {
        var handler = new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.All,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromMinutes(3),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(30),
        };
        handler.SslOptions.TargetHost = config.TlsServerName;
        if (config.SkipTlsVerify || config.SslCaCerts is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) => config.SkipTlsVerify || IsTrusted(config.SslCaCerts!, certificate, errors);
        if (config.ClientCertificate() is { } own)
            handler.SslOptions.ClientCertificates = [own];
        return handler;
    }

    private static bool IsTrusted(X509Certificate2Collection authorities, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 presented || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0)
            return false;

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        return chain.Build(presented);
    }
}
