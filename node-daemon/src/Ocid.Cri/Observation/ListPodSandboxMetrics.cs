namespace Ocid.Cri.Observation;

/// <summary>The metrics of every ready sandbox and of its running containers.</summary>
internal sealed class ListPodSandboxMetrics(PodMetricsReader reader) : ICall<V1.ListPodSandboxMetricsRequest, V1.ListPodSandboxMetricsResponse>
{
    public async Task<V1.ListPodSandboxMetricsResponse> HandleAsync(V1.ListPodSandboxMetricsRequest request, CancellationToken ct) =>
        new() { PodMetrics = { await AllAsync(ct).ConfigureAwait(false) } };

    public async Task<IEnumerable<V1.PodSandboxMetrics>> AllAsync(CancellationToken ct) =>
        (await reader.ReadAsync(ct).ConfigureAwait(false)).Select(read => new V1.PodSandboxMetrics
        {
            PodSandboxId = read.Pod.Id,
            Metrics = { Messages(read.Pod, read.Time) },
            ContainerMetrics = { read.Containers.Select(container => new V1.ContainerMetrics { ContainerId = container.Id, Metrics = { Messages(container, read.Time) } }) },
        });

    private static IEnumerable<V1.Metric> Messages(MetricSubject subject, long time) => subject.Samples.Select(sample => new V1.Metric
    {
        Name = sample.Metric.Name,
        Timestamp = time,
        MetricType = sample.Metric.IsCounter ? V1.MetricType.Counter : V1.MetricType.Gauge,
        LabelValues = { subject.BaseLabels, sample.Extra },
        // CRI has whole numbers only: fractions of a second are on /metrics. "No limit", which is -1, has no place here either.
        Value = new V1.UInt64Value { Value = (ulong)Math.Max(0, sample.Value) },
    });
}
