using Ocid.Runtime.Cgroups.Stats;
using static Ocid.Cri.Observation.MetricDefinition;

namespace Ocid.Cri.Observation.Samples;

/// <summary>Processor time, and the limits on it.</summary>
internal static class CpuSamples
{
    private const double NanosecondsPerSecond = 1e9;

    private static readonly MetricDefinition Usage = Counter("container_cpu_usage_seconds_total", "Cumulative cpu time consumed in seconds.", "cpu");
    private static readonly MetricDefinition User = Counter("container_cpu_user_seconds_total", "Cumulative user cpu time consumed in seconds.");
    private static readonly MetricDefinition System = Counter("container_cpu_system_seconds_total", "Cumulative system cpu time consumed in seconds.");
    private static readonly MetricDefinition Periods = Counter("container_cpu_cfs_periods_total", "Number of elapsed enforcement period intervals.");
    private static readonly MetricDefinition Throttled = Counter("container_cpu_cfs_throttled_periods_total", "Number of throttled period intervals.");
    private static readonly MetricDefinition ThrottledTime = Counter("container_cpu_cfs_throttled_seconds_total", "Total time duration the container has been throttled.");
    private static readonly MetricDefinition Period = Gauge("container_spec_cpu_period", "CPU period of the container, in microseconds.");
    private static readonly MetricDefinition Quota = Gauge("container_spec_cpu_quota", "CPU quota of the container, in microseconds per period; -1 is no limit.");
    private static readonly MetricDefinition Shares = Gauge("container_spec_cpu_shares", "CPU share of the container.");

    public static IReadOnlyList<MetricDefinition> Definitions { get; } = [Usage, User, System, Periods, Throttled, ThrottledTime, Period, Quota, Shares];

    public static IEnumerable<Sample> Of(CpuUsage? cpu) => cpu is null ? [] :
    [
        Usage.Of(cpu.TotalNanoseconds / NanosecondsPerSecond, "total"),
        User.Of(cpu.UserNanoseconds / NanosecondsPerSecond),
        System.Of(cpu.SystemNanoseconds / NanosecondsPerSecond),
        Periods.Of(cpu.Periods),
        Throttled.Of(cpu.ThrottledPeriods),
        ThrottledTime.Of(cpu.ThrottledNanoseconds / NanosecondsPerSecond),
    ];

    public static IEnumerable<Sample> Limits(V1.LinuxContainerResources? limits) => limits is null ? [] :
    [
        Period.Of(limits.CpuPeriod), Quota.Of(limits.CpuQuota), Shares.Of(limits.CpuShares),
    ];
}
