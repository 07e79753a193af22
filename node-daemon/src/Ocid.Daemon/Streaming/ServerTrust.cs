using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Ocid.Primitives;

namespace Ocid.Daemon.Streaming;

/// <summary>Whom a streaming server that speaks TLS must be. Its name is not looked at: the daemon has named the address itself.</summary>
/// <param name="AuthorityFile">PEM: who has signed the server's certificate, or that certificate itself; null trusts whom this machine trusts.</param>
/// <param name="CertificateFile">This client's certificate, PEM; null has none.</param>
/// <param name="KeyFile">Its key, PEM.</param>
internal sealed record ServerTrust(string? AuthorityFile, string? CertificateFile, string? KeyFile)
{
    /// <exception cref="OcidException">InvalidArgument: a certificate without its key.</exception>
    public void Apply(ClientWebSocketOptions options)
    {
        if (CertificateFile is null != KeyFile is null)
            throw new OcidException(ErrorKind.InvalidArgument, "--tls-cert and --tls-key belong together");
        if (CertificateFile is not null)
            options.ClientCertificates = [X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile)];
        if (AuthorityFile is null)
            return;
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPemFile(AuthorityFile);
        options.RemoteCertificateValidationCallback = (_, certificate, chain, errors) => certificate is X509Certificate2 server && IsTrusted(server, chain, errors, trusted);
    }

    private static bool IsTrusted(X509Certificate2 server, X509Chain? presented, SslPolicyErrors errors, X509Certificate2Collection trusted)
    {
        if (trusted.Any(known => known.RawData.AsSpan().SequenceEqual(server.RawData)) || errors == SslPolicyErrors.None)
            return true;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (presented is not null)
            chain.ChainPolicy.ExtraStore.AddRange(presented.ChainPolicy.ExtraStore);
        return chain.Build(server);
    }
}
