using Ocid.Cri.State;
using Prometheus;

namespace Ocid.Cri.Observation;

/// <summary>
/// The pods' metrics on <c>/metrics</c>: cAdvisor inside the kubelet knows only other runtimes, so its series of pods are empty on this node.
/// Read when they are asked for; what is gone is dropped.
/// </summary>
internal sealed class PodMetricsExposition
{
    private readonly PodMetricsReader _reader;
    private readonly MetricFactory _metrics;
    private readonly Gate _gate = new();
    private readonly Dictionary<MetricDefinition, Counter> _counters = [];
    private readonly Dictionary<MetricDefinition, Gauge> _gauges = [];

    public PodMetricsExposition(PodMetricsReader reader, CollectorRegistry registry)
    {
        (_reader, _metrics) = (reader, Prometheus.Metrics.WithCustomRegistry(registry));
        registry.AddBeforeCollectCallback(ReadAsync);
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        using var gate = await _gate.EnterAsync(ct).ConfigureAwait(false);
        var read = await _reader.ReadAsync(ct).ConfigureAwait(false);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var subject in read.SelectMany(pod => pod.Containers.Prepend(pod.Pod)))
        {
            foreach (var sample in subject.Samples)
                Set(sample, [.. subject.BaseLabels, .. sample.Extra], seen);
        }

        foreach (var counter in _counters.Values)
            Drop(counter, seen);
        foreach (var gauge in _gauges.Values)
            Drop(gauge, seen);
    }

    // Families are declared with their first sample: a start of the daemon does without.
    private void Set(Sample sample, string[] labels, HashSet<string> seen)
    {
        var metric = sample.Metric;
        seen.Add(KeyOf(metric.Name, labels));
        if (metric.IsCounter)
            (_counters.GetValueOrDefault(metric) ?? (_counters[metric] = _metrics.CreateCounter(metric.Name, metric.Help, [.. metric.Labels]))).WithLabels(labels).IncTo(sample.Value);
        else
            (_gauges.GetValueOrDefault(metric) ?? (_gauges[metric] = _metrics.CreateGauge(metric.Name, metric.Help, [.. metric.Labels]))).WithLabels(labels).Set(sample.Value);
    }

    private static void Drop<TChild>(Collector<TChild> collector, HashSet<string> seen)
        where TChild : ChildBase
    {
        foreach (var labels in collector.GetAllLabelValues().Where(labels => !seen.Contains(KeyOf(collector.Name, labels))).ToList())
            collector.RemoveLabelled(labels);
    }

    private static string KeyOf(string name, string[] labels) => string.Join('\0', labels.Prepend(name));
}
