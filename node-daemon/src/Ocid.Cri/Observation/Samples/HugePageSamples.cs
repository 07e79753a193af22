using Ocid.Runtime.Cgroups.Stats;
using static Ocid.Cri.Observation.MetricDefinition;

namespace Ocid.Cri.Observation.Samples;

/// <summary>Huge pages in bytes, by page size.</summary>
internal static class HugePageSamples
{
    private static readonly MetricDefinition Usage = Gauge("container_hugetlb_usage_bytes", "Current hugepage usage.", "pagesize");
    private static readonly MetricDefinition Peak = Gauge("container_hugetlb_max_usage_bytes", "Maximum hugepage usage recorded.", "pagesize");

    public static IReadOnlyList<MetricDefinition> Definitions { get; } = [Usage, Peak];

    public static IEnumerable<Sample> Of(IReadOnlyList<HugePageUsage> pages)
    {
        foreach (var size in pages)
        {
            yield return Usage.Of(size.Usage, size.PageSize);
            if (size.Peak is { } peak)
                yield return Peak.Of(peak, size.PageSize);
        }
    }
}
