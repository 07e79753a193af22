namespace Ocid.Runtime.Cgroups.Stats;

/// <summary>Processor time since the cgroup was made, in nanoseconds, and how often its quota stopped it.</summary>
public sealed record CpuUsage(
    ulong TotalNanoseconds, ulong UserNanoseconds, ulong SystemNanoseconds, ulong Periods, ulong ThrottledPeriods, ulong ThrottledNanoseconds);
