using Ocid.Images.Live;

namespace Ocid.Images.Registries;

/// <summary>Where this node's knowledge of registries comes from.</summary>
public sealed record ImageRegistriesOptions
{
    /// <summary>The directories of the configuration files.</summary>
    public ImageConfigurationRoots Roots { get; init; } = ImageConfigurationRoots.Default;

    /// <summary>Credentials to read before those of <see cref="Roots"/>, as a path of an auth.json; null for none.</summary>
    public string? AuthFile { get; init; }

    /// <summary>Registry hosts, with their port, that are insecure beside those that registries.conf says are.</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>Told the host of the endpoint that served an image.</summary>
    public Action<string> Served { get; init; } = static _ => { };
}
