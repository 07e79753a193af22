namespace Ocid.Spec.Schema;

/// <summary>Processor limits.</summary>
public sealed record LinuxCpu
{
    /// <summary>Relative weight, in cgroup v1's unit (1024 is one).</summary>
    public ulong? Shares { get; init; }

    /// <summary>Microseconds a period; -1 is no limit.</summary>
    public long? Quota { get; init; }

    /// <summary>Microseconds that unused quota may add.</summary>
    public ulong? Burst { get; init; }

    /// <summary>Microseconds.</summary>
    public ulong? Period { get; init; }

    /// <summary>Real-time microseconds a period, cgroup v1 only.</summary>
    public long? RealtimeRuntime { get; init; }

    /// <summary>Real-time period in microseconds, cgroup v1 only.</summary>
    public ulong? RealtimePeriod { get; init; }

    /// <summary>Processors, as 0-3,7.</summary>
    public string? Cpus { get; init; }

    /// <summary>Memory nodes, as 0-3,7.</summary>
    public string? Mems { get; init; }

    /// <summary>1 makes the cgroup SCHED_IDLE, cgroup v2 only.</summary>
    public long? Idle { get; init; }
}
