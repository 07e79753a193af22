namespace Ocid.Networking;

/// <summary>Where CNI things are.</summary>
public sealed record PodNetworkOptions
{
    /// <summary>Network configurations; the lexicographically first valid one is the default network.</summary>
    public string ConfigurationDirectory { get; init; } = "/etc/cni/net.d";

    /// <summary>Plugin programs, in the order they are looked for.</summary>
    public IReadOnlyList<string> PluginDirectories { get; init; } = ["/opt/cni/bin", "/usr/libexec/cni", "/usr/lib/cni"];

    /// <summary>Our own records of attachments, one file a sandbox; outlives a reboot.</summary>
    public string CacheDirectory { get; init; } = "/var/lib/ocid/cni/results";

    /// <summary>Pins of network namespaces whose DEL is still due. In /run: after a reboot neither they nor the namespaces are there.</summary>
    public string HeldNamespaceDirectory { get; init; } = "/run/ocid/held-ns";

    /// <summary>Only a network of this name will do; null: the first valid one.</summary>
    public string? DefaultNetwork { get; init; }

    /// <summary>How long one plugin may take for one verb.</summary>
    public TimeSpan PluginTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The pause before a failed DEL is tried again; it doubles up to <see cref="LongestRetryDelay"/>.</summary>
    public TimeSpan FirstRetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two tries of a DEL.</summary>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromMinutes(5);
}
