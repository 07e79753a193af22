namespace Ocid.Daemon.Configuration;

/// <summary>The configuration that the daemon began with, and the way to read it again: the same files and flags.</summary>
internal sealed class ConfigurationSource(Func<LoadedConfiguration> load)
{
    /// <summary>What was read when the daemon began.</summary>
    public LoadedConfiguration First { get; } = load();

    /// <exception cref="ConfigurationException">Something is wrong; every error is listed.</exception>
    public LoadedConfiguration Load() => load();
}
