using Ocid.Primitives;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring;

/// <summary>A container to create: the monitor runs <c>runtime [arguments] create --bundle …</c> and keeps its stdio.</summary>
public sealed record ContainerLaunch
{
    /// <summary>The smallest limit for a log: one line may have 16 KiB.</summary>
    public const long SmallestLogLimit = 20 * 1024;

    /// <summary>The container.</summary>
    public required ContainerId Id { get; init; }

    /// <summary>The OCI runtime's absolute path.</summary>
    public required string RuntimeProgram { get; init; }

    /// <summary>The runtime's global flags, before the verb; not <c>--log</c>, which is the monitor's.</summary>
    public IReadOnlyList<string> RuntimeArguments { get; init; } = [];

    /// <summary>The bundle: the directory of <c>config.json</c>.</summary>
    public required string BundlePath { get; init; }

    /// <summary>An existing directory 0700 of this container: pid file, runtime log and <c>exit.json</c> are written there.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>The CRI log file; null when the output is not logged.</summary>
    public string? LogPath { get; init; }

    /// <summary>How many bytes the log may have before it begins anew: at least <see cref="SmallestLogLimit"/>, or 0 for no limit.</summary>
    public long LogLimit { get; init; }

    /// <summary>The container's cgroup, below the root of its hierarchies; null where nobody asks for <see cref="ContainerExit.OomKills"/>.</summary>
    public string? CgroupPath { get; init; }

    /// <summary>Whether <c>config.json</c> asks for a terminal.</summary>
    public bool Terminal { get; init; }

    /// <summary>Whether standard input is open for those who attach; otherwise it is /dev/null.</summary>
    public bool Stdin { get; init; }

    /// <summary>A mount point that the runtime must not see; <c>/sys/fs/cgroup/unified</c> for crun on a hybrid host.</summary>
    public string? HiddenPath { get; init; }

    /// <summary>How long the runtime may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    internal LaunchRequest ToRequest() => new()
    {
        RuntimeProgram = RuntimeProgram,
        RuntimeArguments = RuntimeArguments,
        BundlePath = BundlePath,
        StateDirectory = StateDirectory,
        LogPath = LogPath,
        LogLimit = LogLimit,
        CgroupPath = CgroupPath,
        Terminal = Terminal,
        Stdin = Stdin,
        HiddenPath = HiddenPath,
        TimeoutSeconds = (int)Timeout.TotalSeconds,
    };
}
