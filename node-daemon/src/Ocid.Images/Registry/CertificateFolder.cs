using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ocid.Images.Live;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>The folder of one host's certificates: <c>*.crt</c> authorities, and <c>*.cert</c> with <c>*.key</c> to prove ourselves with.</summary>
/// <remarks>https://github.com/containers/image/blob/main/docs/containers-certs.d.5.md</remarks>
internal static class CertificateFolder
{
    /// <summary>The folder for a host, from the first configuration directory that has one; null where there is none.</summary>
    public static string? For(Uri address, ImageConfigurationRoots roots) => Names(address)
        .SelectMany(name => roots.PlacesOf(Path.Combine("certs.d", name)))
        .FirstOrDefault(Directory.Exists);

    /// <exception cref="OcidException">FailedPrecondition: a file is no certificate, or lacks its other half.</exception>
    public static HostCertificates Read(LiveReading reading, string folder)
    {
        var (authorities, own) = (new X509Certificate2Collection(), new List<X509Certificate2Collection>());
        foreach (var file in reading.List(folder, ".crt"))
            Add(reading, file, text => authorities.ImportFromPem(text), authorities);
        foreach (var file in reading.List(folder, ".cert"))
        {
            var key = Encoding.UTF8.GetString(OtherHalf(reading, file, ".key"));
            var chain = new X509Certificate2Collection();
            Add(reading, file, text => Import(chain, text, key), chain);
            own.Add(chain);
        }

        foreach (var file in reading.List(folder, ".key"))
            OtherHalf(reading, file, ".cert");
        return new HostCertificates(authorities, own);
    }

    // Docker's hub is asked at another host than its images are named by.
    private static string[] Names(Uri address)
    {
        var name = address.Host == "registry-1.docker.io" ? "docker.io" : address.Host;
        return address.IsDefaultPort ? [name, $"{name}:{address.Port}"] : [$"{name}:{address.Port}"];
    }

    private static void Add(LiveReading reading, string file, Action<string> import, X509Certificate2Collection into)
    {
        if (reading.Read(file) is not { } text)
            return; // a link that leads nowhere

        var before = into.Count;
        try
        {
            import(Encoding.UTF8.GetString(text));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new OcidException(ErrorKind.FailedPrecondition, $"certificate {file}: {e.Message}", e);
        }

        if (into.Count == before)
            throw new OcidException(ErrorKind.FailedPrecondition, $"certificate {file}: want PEM, -----BEGIN CERTIFICATE-----");
    }

    // Our own first, with its key; then those that vouch for it.
    private static void Import(X509Certificate2Collection chain, string certificates, string key)
    {
        chain.ImportFromPem(certificates);
        if (chain.Count > 0)
            chain[0] = X509Certificate2.CreateFromPem(certificates, key);
    }

    private static byte[] OtherHalf(LiveReading reading, string file, string extension)
    {
        var other = Path.ChangeExtension(file, extension);
        return reading.Read(other)
            ?? throw new OcidException(ErrorKind.FailedPrecondition, $"certificate {file}: {Path.GetFileName(other)} is missing beside it");
    }
}
