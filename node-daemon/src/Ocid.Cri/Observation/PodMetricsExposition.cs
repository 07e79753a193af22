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
    private readonly Gate _gate = new();
    private readonly Dictionary<string, Counter> _counters = [];
    private readonly Dictionary<string, Gauge> _gauges = [];

    public PodMetricsExposition(PodMetricsReader reader, CollectorRegistry registry)
    {
        _reader = reader;
        var metrics = Prometheus.Metrics.WithCustomRegistry(registry);
        foreach (var definition in MetricCatalog.All)
        {
            string[] labels = [.. definition.Labels];
            if (definition.IsCounter)
                _counters.Add(definition.Name, metrics.CreateCounter(definition.Name, definition.Help, labels));
            else
                _gauges.Add(definition.Name, metrics.CreateGauge(definition.Name, definition.Help, labels));
        }

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

    private void Set(Sample sample, string[] labels, HashSet<string> seen)
    {
        var name = sample.Metric.Name;
        seen.Add(KeyOf(name, labels));
        if (sample.Metric.IsCounter)
            _counters[name].WithLabels(labels).IncTo(sample.Value);
        else
            _gauges[name].WithLabels(labels).Set(sample.Value);
    }

    private static void Drop<TChild>(Collector<TChild> collector, HashSet<string> seen)
        where TChild : ChildBase
    {
        foreach (var labels in collector.GetAllLabelValues().Where(labels => !seen.Contains(KeyOf(collector.Name, labels))).ToList())
            collector.RemoveLabelled(labels);
    }

    private static string KeyOf(string name, string[] labels) => string.Join('\0', labels.Prepend(name));
}
