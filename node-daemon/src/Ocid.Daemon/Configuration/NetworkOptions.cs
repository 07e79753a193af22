namespace Ocid.Daemon.Configuration;

/// <summary>CNI: <c>[network]</c>.</summary>
internal sealed record NetworkOptions
{
    public required string ConfigurationDirectory { get; init; }

    public required IReadOnlyList<string> PluginDirectories { get; init; }

    /// <summary>Results of attachments, ours alone: another runtime's clean-up must not see them.</summary>
    public required string CacheDirectory { get; init; }
}
