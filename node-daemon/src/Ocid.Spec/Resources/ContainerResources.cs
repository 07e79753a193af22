using System.Collections.Frozen;

namespace Ocid.Spec.Resources;

/// <summary>Limits as CRI's LinuxContainerResources words them: 0 and empty are "not asked for".</summary>
public sealed record ContainerResources
{
    /// <summary>Period of the processor quota in microseconds.</summary>
    public long CpuPeriod { get; init; }

    /// <summary>Processor quota in microseconds; -1 is no limit.</summary>
    public long CpuQuota { get; init; }

    /// <summary>Processor weight in cgroup v1's unit.</summary>
    public long CpuShares { get; init; }

    /// <summary>Memory in bytes.</summary>
    public long MemoryLimit { get; init; }

    /// <summary>Memory and swap together in bytes; -1 is no limit.</summary>
    public long MemorySwapLimit { get; init; }

    /// <summary>Processors, as 0-3,7.</summary>
    public string CpusetCpus { get; init; } = "";

    /// <summary>Memory nodes.</summary>
    public string CpusetMems { get; init; } = "";

    /// <summary>Number of tasks; 0 and below is no limit.</summary>
    public long PidsLimit { get; init; }

    /// <summary>Huge page limits in bytes by page size (2MB).</summary>
    public IReadOnlyList<KeyValuePair<string, ulong>> HugepageLimits { get; init; } = [];

    /// <summary>Files of cgroup v2, written as they are.</summary>
    public IReadOnlyDictionary<string, string> Unified { get; init; } = FrozenDictionary<string, string>.Empty;
}
