namespace Ocid.Spec.Schema;

/// <summary>Limits of a container's cgroup.</summary>
public sealed record LinuxResources
{
    /// <summary>Device rules, the last match wins.</summary>
    public IReadOnlyList<LinuxDeviceRule>? Devices { get; init; }

    /// <summary>Memory.</summary>
    public LinuxMemory? Memory { get; init; }

    /// <summary>Processors.</summary>
    public LinuxCpu? Cpu { get; init; }

    /// <summary>Number of tasks.</summary>
    public LinuxPids? Pids { get; init; }

    /// <summary>Huge pages.</summary>
    public IReadOnlyList<LinuxHugepageLimit>? HugepageLimits { get; init; }

    /// <summary>Files of cgroup v2, written as they are.</summary>
    public IReadOnlyDictionary<string, string>? Unified { get; init; }
}
