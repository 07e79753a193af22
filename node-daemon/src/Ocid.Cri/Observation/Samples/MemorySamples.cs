using Ocid.Runtime.Cgroups.Stats;
using static Ocid.Cri.Observation.MetricDefinition;

namespace Ocid.Cri.Observation.Samples;

/// <summary>Memory in bytes, what happened when it was short, and the limits on it.</summary>
internal static class MemorySamples
{
    private static readonly MetricDefinition Usage = Gauge("container_memory_usage_bytes", "Current memory usage, all memory charged.");
    private static readonly MetricDefinition WorkingSet = Gauge("container_memory_working_set_bytes", "Current working set.");
    private static readonly MetricDefinition Rss = Gauge("container_memory_rss", "Size of anonymous memory.");
    private static readonly MetricDefinition Cache = Gauge("container_memory_cache", "Number of bytes of page cache memory.");
    private static readonly MetricDefinition MappedFile = Gauge("container_memory_mapped_file", "Size of memory mapped files.");
    private static readonly MetricDefinition Kernel = Gauge("container_memory_kernel_usage", "Size of kernel memory allocated.");
    private static readonly MetricDefinition Peak = Gauge("container_memory_max_usage_bytes", "Maximum memory usage recorded.");
    private static readonly MetricDefinition Swapped = Gauge("container_memory_swap", "Container swap usage.");
    private static readonly MetricDefinition LimitHits = Counter("container_memory_failcnt", "Number of memory usage hits limits.");
    private static readonly MetricDefinition Failures = Counter("container_memory_failures_total", "Cumulative count of memory allocation failures.", "failure_type", "scope");
    private static readonly MetricDefinition OomEvents = Counter("container_oom_events_total", "Count of out of memory events observed for the container.");
    private static readonly MetricDefinition Limit = Gauge("container_spec_memory_limit_bytes", "Memory limit for the container; 0 is none.");
    private static readonly MetricDefinition Reservation = Gauge("container_spec_memory_reservation_limit_bytes", "Memory reservation limit for the container; CRI has none, so 0.");
    private static readonly MetricDefinition SwapLimit = Gauge("container_spec_memory_swap_limit_bytes", "Memory and swap limit for the container; 0 is none.");

    public static IReadOnlyList<MetricDefinition> Definitions { get; } =
        [Usage, WorkingSet, Rss, Cache, MappedFile, Kernel, Peak, Swapped, LimitHits, Failures, OomEvents, Limit, Reservation, SwapLimit];

    public static IEnumerable<Sample> Of(CgroupStats read, ulong oomKills)
    {
        if (read.Memory is not { } memory)
            yield break;

        yield return Usage.Of(memory.Usage);
        yield return WorkingSet.Of(memory.WorkingSet);
        yield return Rss.Of(memory.Rss);
        yield return Cache.Of(memory.Cache);
        yield return MappedFile.Of(memory.MappedFile);
        yield return LimitHits.Of(memory.LimitHits);
        yield return Failures.Of(memory.PageFaults, "pgfault", "container");
        yield return Failures.Of(memory.MajorPageFaults, "pgmajfault", "container");
        yield return OomEvents.Of(oomKills);
        yield return Swapped.Of(read.Swap?.Usage ?? 0);
        if (memory.Kernel is { } kernel)
            yield return Kernel.Of(kernel);
        if (memory.Peak is { } peak)
            yield return Peak.Of(peak);
    }

    public static IEnumerable<Sample> Limits(V1.LinuxContainerResources? limits) => limits is null ? [] :
    [
        Limit.Of(limits.MemoryLimitInBytes), Reservation.Of(0), SwapLimit.Of(limits.MemorySwapLimitInBytes),
    ];
}
