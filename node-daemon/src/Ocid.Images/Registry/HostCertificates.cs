using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ocid.Images.Registry;

/// <summary>The certificates for one host.</summary>
/// <param name="Authorities">Who may vouch for it, besides those whom the system trusts.</param>
/// <param name="Own">What to prove ourselves with, where it asks.</param>
internal sealed record HostCertificates(X509Certificate2Collection Authorities, X509Certificate2Collection Own)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static HostCertificates None { get; } = new([], []);

    [SuppressMessage("Security", "CA5359", Justification = "only for whom TLS verification was waived by name")]
    public SslClientAuthenticationOptions Options(bool verify)
    {
        var options = new SslClientAuthenticationOptions { ClientCertificates = Own.Count > 0 ? Own : null };
        if (!verify)
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        else if (Authorities.Count > 0)
            options.RemoteCertificateValidationCallback = Vouches;
        return options;
    }

    private bool Vouches(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 leaf)
            return errors == SslPolicyErrors.None;

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(Authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.DisableCertificateDownloads = true;
        own.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (chain is not null)
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return own.Build(leaf) || EndsInAuthority(own);
    }

    // One that is vouched for by another, whom nobody named, is an authority all the same where its file says so.
    private bool EndsInAuthority(X509Chain chain) =>
        chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.PartialChain)
        && Authorities.Any(authority => authority.RawDataMemory.Span.SequenceEqual(chain.ChainElements[^1].Certificate.RawDataMemory.Span));
}
