using Ocid.Primitives;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring;

/// <summary>A process to run in a container: the monitor runs <c>runtime [arguments] exec --detach …</c>.</summary>
public sealed record ExecLaunch
{
    /// <summary>The container.</summary>
    public required ContainerId Id { get; init; }

    /// <summary>The OCI runtime's absolute path.</summary>
    public required string RuntimeProgram { get; init; }

    /// <summary>The runtime's global flags, before the verb; not <c>--log</c>, which is the monitor's.</summary>
    public IReadOnlyList<string> RuntimeArguments { get; init; } = [];

    /// <summary>The process in the form of <c>config.json</c>'s <c>process</c>, as JSON.</summary>
    public required ReadOnlyMemory<byte> Process { get; init; }

    /// <summary>An existing directory 0700 for files that live as long as the start takes; in memory, a full disk does not keep anybody from looking into a container.</summary>
    public required string FilesDirectory { get; init; }

    /// <summary>A mount point that the runtime must not see; <c>/sys/fs/cgroup/unified</c> for crun on a hybrid host.</summary>
    public string? HiddenPath { get; init; }

    /// <summary>After how long, its start included, the process and its descendants are killed; null is never.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many bytes of each output <see cref="MonitorClient.ExecSyncAsync"/> keeps.</summary>
    public int OutputLimit { get; init; } = 16 * 1024 * 1024;

    internal LaunchRequest ToRequest(string processPath, string? consoleSocketPath) => new()
    {
        RuntimeProgram = RuntimeProgram,
        RuntimeArguments = RuntimeArguments,
        ProcessPath = processPath,
        StateDirectory = FilesDirectory,
        ConsoleSocketPath = consoleSocketPath,
        HiddenPath = HiddenPath,
        TimeoutSeconds = (int)Math.Ceiling(Timeout is { } limit && limit < StartLimit ? limit.TotalSeconds : StartLimit.TotalSeconds),
    };

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
}
