using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ocid.Images.Live;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>The folder of one host's certificates: <c>*.crt</c> authorities, and <c>*.cert</c> with <c>*.key</c> to prove ourselves with.</summary>
/// <remarks>https://github.com/containers/image/blob/main/docs/containers-certs.d.5.md</remarks>
internal sealed class CertificateFolder(string path)
{
    public string Path => path;

    /// <summary>The folder for a host; null where it has none.</summary>
    /// <param name="address">With the port, where it is not 443.</param>
    /// <param name="roots">Configuration directories; the first that has a folder for the host counts.</param>
    /// <param name="every">The folder of every host instead.</param>
    public static CertificateFolder? For(Uri address, ImageConfigurationRoots? roots, string? every)
    {
        if (every is not null)
            return new CertificateFolder(every);

        var folder = Names(address)
            .SelectMany(name => (roots?.Directories ?? []).Select(root => System.IO.Path.Combine(root, "certs.d", name)))
            .FirstOrDefault(Directory.Exists);
        return folder is null ? null : new CertificateFolder(folder);
    }

    /// <summary>Changes when a file of the folder does.</summary>
    public string Stamp() => string.Join('\n', Files().Select(file => string.Create(
        CultureInfo.InvariantCulture, $"{file.Name} {file.Length} {Target(file).LastWriteTimeUtc.Ticks} {Target(file).FullName}")));

    /// <exception cref="OcidException">FailedPrecondition: a file is no certificate, or lacks its other half.</exception>
    public HostCertificates Read()
    {
        var (authorities, own) = (new X509Certificate2Collection(), new X509Certificate2Collection());
        foreach (var file in Files())
        {
            try
            {
                if (file.Extension == ".crt")
                    authorities.ImportFromPemFile(file.FullName);
                else if (file.Extension == ".cert")
                    own.Add(X509Certificate2.CreateFromPemFile(file.FullName, OtherHalf(file, ".key")));
                else
                    OtherHalf(file, ".cert");
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
            {
                throw new OcidException(ErrorKind.FailedPrecondition, $"certificate {file.FullName}: {e.Message}", e);
            }
        }

        return new HostCertificates(authorities, own);
    }

    private static string OtherHalf(FileInfo file, string extension)
    {
        var other = System.IO.Path.ChangeExtension(file.FullName, extension);
        return File.Exists(other)
            ? other
            : throw new OcidException(ErrorKind.FailedPrecondition, $"certificate {file.FullName}: {System.IO.Path.GetFileName(other)} is missing beside it");
    }

    // Docker's hub is asked at another host than its images are named by.
    private static string[] Names(Uri address)
    {
        var name = address.Host == "registry-1.docker.io" ? "docker.io" : address.Host;
        return address.IsDefaultPort ? [name, $"{name}:{address.Port}"] : [$"{name}:{address.Port}"];
    }

    private IEnumerable<FileInfo> Files() => new DirectoryInfo(path).EnumerateFiles()
        .Where(file => file.Extension is ".crt" or ".cert" or ".key" && Target(file).Exists)
        .OrderBy(file => file.Name, StringComparer.Ordinal);

    // A secret that Kubernetes mounts is a row of links, and what changes is where they lead.
    private static FileInfo Target(FileInfo file) => file.LinkTarget is null ? file : (FileInfo)(file.ResolveLinkTarget(returnFinalTarget: true) ?? file);
}
