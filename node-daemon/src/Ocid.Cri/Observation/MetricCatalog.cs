using Ocid.Cri.Observation.Samples;

namespace Ocid.Cri.Observation;

/// <summary>Every metric of pods and containers.</summary>
internal static class MetricCatalog
{
    public static IReadOnlyList<MetricDefinition> All { get; } =
    [
        .. CpuSamples.Definitions, .. MemorySamples.Definitions, .. HugePageSamples.Definitions, .. IoSamples.Definitions, .. FileSystemSamples.Definitions,
        .. PressureSamples.Definitions, .. ProcessSamples.Definitions, .. NetworkSamples.Definitions, .. LifeSamples.Definitions,
    ];
}
