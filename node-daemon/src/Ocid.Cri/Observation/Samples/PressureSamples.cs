using Ocid.Runtime.Cgroups.Stats;
using static Ocid.Cri.Observation.MetricDefinition;

namespace Ocid.Cri.Observation.Samples;

/// <summary>Time lost waiting, where the kernel counts it: cgroup v2.</summary>
internal static class PressureSamples
{
    private const double MicrosecondsPerSecond = 1e6;

    private static readonly (MetricDefinition Waiting, MetricDefinition Stalled) Cpu = Pair("cpu", "CPU"), Memory = Pair("memory", "memory"), Io = Pair("io", "I/O");

    public static IReadOnlyList<MetricDefinition> Definitions { get; } = [Cpu.Waiting, Cpu.Stalled, Memory.Waiting, Memory.Stalled, Io.Waiting, Io.Stalled];

    public static IEnumerable<Sample> Of(CgroupStats read) => [.. Of(Cpu, read.CpuPressure), .. Of(Memory, read.MemoryPressure), .. Of(Io, read.IoPressure)];

    private static IEnumerable<Sample> Of((MetricDefinition Waiting, MetricDefinition Stalled) pair, PressureStall? stall) => stall is null ? [] :
    [
        pair.Waiting.Of(stall.Some.TotalMicroseconds / MicrosecondsPerSecond), pair.Stalled.Of(stall.Full.TotalMicroseconds / MicrosecondsPerSecond),
    ];

    private static (MetricDefinition Waiting, MetricDefinition Stalled) Pair(string resource, string name) => (
        Counter($"container_pressure_{resource}_waiting_seconds_total", $"Total time duration in which some tasks waited for {name}."),
        Counter($"container_pressure_{resource}_stalled_seconds_total", $"Total time duration in which no task could go on for want of {name}."));
}
