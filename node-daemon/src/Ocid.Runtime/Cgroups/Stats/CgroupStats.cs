namespace Ocid.Runtime.Cgroups.Stats;

/// <summary>What the processes of a cgroup use; a part is null where its controller is missing.</summary>
public sealed record CgroupStats
{
    /// <summary>Processors.</summary>
    public CpuUsage? Cpu { get; init; }

    /// <summary>Memory.</summary>
    public MemoryUsage? Memory { get; init; }

    /// <summary>Swap.</summary>
    public SwapUsage? Swap { get; init; }

    /// <summary>Tasks.</summary>
    public PidsUsage? Pids { get; init; }

    /// <summary>Block devices.</summary>
    public IReadOnlyList<DeviceIo> Io { get; init; } = [];

    /// <summary>Huge pages, by size.</summary>
    public IReadOnlyList<HugePageUsage> HugePages { get; init; } = [];

    /// <summary>Time lost waiting for processors; cgroup v2 only.</summary>
    public PressureStall? CpuPressure { get; init; }

    /// <summary>Time lost waiting for memory; cgroup v2 only.</summary>
    public PressureStall? MemoryPressure { get; init; }

    /// <summary>Time lost waiting for block devices; cgroup v2 only.</summary>
    public PressureStall? IoPressure { get; init; }
}
