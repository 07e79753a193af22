using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>The certificates for one host.</summary>
/// <param name="Authorities">Who may vouch for it, besides those whom the system trusts.</param>
/// <param name="Own">What to prove ourselves with, where it asks: each with its key, and followed by those that vouch for it.</param>
internal sealed record HostCertificates(X509Certificate2Collection Authorities, IReadOnlyList<X509Certificate2Collection> Own)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    public static HostCertificates None { get; } = new([], []);

    [SuppressMessage("Security", "CA5359", Justification = "only for whom TLS verification was waived by name")]
    public SslClientAuthenticationOptions Options(bool verify)
    {
        var options = new SslClientAuthenticationOptions();
        if (Own is [var single])
            options.ClientCertificateContext = SslStreamCertificateContext.Create(single[0], single, offline: true);
        else if (Own.Count > 0)
            options.ClientCertificates = [.. Own.Select(chain => chain[0])]; // the server says whose it takes
        if (!verify)
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        else if (Authorities.Count > 0)
            options.RemoteCertificateValidationCallback = IsTrusted;
        return options;
    }

    // Thrown where .NET would only say that this rejected it.
    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (certificate is not X509Certificate2 leaf)
            throw new AuthenticationException("it has no certificate");
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            throw new AuthenticationException($"its certificate is for other names: {string.Join(", ", NamesOf(leaf))}");

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(Authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.DisableCertificateDownloads = true;
        own.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (chain is not null)
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return own.Build(leaf) || EndsInAuthority(own)
            ? true
            : throw new AuthenticationException($"nobody who is trusted vouches for its certificate: {string.Join(", ", own.ChainStatus.Select(s => s.Status).Distinct())}");
    }

    private static IEnumerable<string> NamesOf(X509Certificate2 certificate) => certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
        .SelectMany(names => names.EnumerateDnsNames().Select(name => Quoted.Text(name)).Concat(names.EnumerateIPAddresses().Select(address => address.ToString())));

    // An authority that another vouches for, whom nobody named, is one all the same where a file says so.
    private bool EndsInAuthority(X509Chain chain) =>
        chain.ChainStatus.All(status => status.Status == X509ChainStatusFlags.PartialChain)
        && Authorities.Any(authority => authority.RawDataMemory.Span.SequenceEqual(chain.ChainElements[^1].Certificate.RawDataMemory.Span));
}
