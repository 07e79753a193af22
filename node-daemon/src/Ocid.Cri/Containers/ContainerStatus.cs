using Ocid.Cri.State;

namespace Ocid.Cri.Containers;

/// <summary>What a container is now. Replaced as a whole by whoever holds the container's gate. Times are nanoseconds since 1970, 0 for not yet.</summary>
internal sealed record ContainerStatus : IRemovable
{
    public required ContainerPhase Phase { get; init; }

    /// <summary>The process id of its init in the host's PID namespace; meaningful until it exits.</summary>
    public int Pid { get; init; }

    /// <summary>When that process started, in clock ticks after boot: process ids come round again.</summary>
    public ulong PidStartTime { get; init; }

    public long StartedAt { get; init; }

    public long FinishedAt { get; init; }

    public int ExitCode { get; init; }

    /// <summary>CRI's brief CamelCase reason: Completed, Error, OOMKilled, StartError, Unknown.</summary>
    public string? Reason { get; init; }

    public string? Message { get; init; }

    /// <summary>The LinuxContainerResources in force, where an update changed them.</summary>
    public byte[]? ResourcesBytes { get; init; }

    /// <inheritdoc/>
    public bool Removing { get; init; }
}
