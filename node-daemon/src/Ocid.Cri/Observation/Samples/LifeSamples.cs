using static Ocid.Cri.Observation.MetricDefinition;

namespace Ocid.Cri.Observation.Samples;

/// <summary>When a container was started and last looked at, in seconds since 1970.</summary>
internal static class LifeSamples
{
    private const double NanosecondsPerSecond = 1e9;

    private static readonly MetricDefinition Started = Gauge("container_start_time_seconds", "Start time of the container since unix epoch in seconds.");
    private static readonly MetricDefinition LastSeen = Gauge("container_last_seen", "Last time a container was seen by the exporter.");

    public static IReadOnlyList<MetricDefinition> Definitions { get; } = [Started, LastSeen];

    /// <param name="started">Nanoseconds since 1970.</param>
    /// <param name="now">Nanoseconds since 1970.</param>
    public static IEnumerable<Sample> Of(long started, long now) => [Started.Of(Math.Floor(started / NanosecondsPerSecond)), LastSeen.Of(Math.Floor(now / NanosecondsPerSecond))];
}
