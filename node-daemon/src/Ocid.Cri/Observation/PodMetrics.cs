namespace Ocid.Cri.Observation;

/// <summary>The samples of one sandbox and of its running containers, read at one time.</summary>
/// <param name="Pod">Of the sandbox itself: its network.</param>
/// <param name="Containers">Of each container.</param>
/// <param name="Time">When, in nanoseconds since 1970.</param>
internal sealed record PodMetrics(MetricSubject Pod, IReadOnlyList<MetricSubject> Containers, long Time);
