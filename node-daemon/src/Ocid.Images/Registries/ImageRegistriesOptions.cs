using Ocid.Images.Credentials;
using Ocid.Images.Live;

namespace Ocid.Images.Registries;

/// <summary>Where this node's knowledge of registries comes from.</summary>
public sealed record ImageRegistriesOptions
{
    /// <summary>The directories of the configuration files.</summary>
    public ImageConfigurationRoots Roots { get; init; } = ImageConfigurationRoots.Default;

    /// <summary>Files with credentials, strongest first. None of them has to be there.</summary>
    public IReadOnlyList<AuthFileLocation> AuthFiles { get; init; } = [];

    /// <summary>Where credential helpers, <c>docker-credential-NAME</c>, are installed.</summary>
    public IReadOnlyList<string> ProgramDirectories { get; init; } = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>The aliases of short names that podman records.</summary>
    public string RecordedAliases { get; init; } = "/var/cache/containers/short-name-aliases.conf";

    /// <summary>The folder of every registry's certificates, in place of certs.d; null for that.</summary>
    public string? CertificateDirectory { get; init; }

    /// <summary>Registry hosts, with their port, that are insecure beside those that registries.conf says are.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>Told the host of the endpoint that served an image.</summary>
    public Action<string> Served { get; init; } = static _ => { };
}
