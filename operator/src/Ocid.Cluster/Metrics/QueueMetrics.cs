using Prometheus;

namespace Ocid.Cluster.Metrics;

/// <summary>What a backlog does.</summary>
public sealed class QueueMetrics
{
    private static readonly double[] Buckets = Histogram.ExponentialBuckets(1e-3, 4, 10);

    private readonly Gauge.Child _depth;
    private readonly Counter.Child _adds;
    private readonly Counter.Child _retries;
    private readonly Histogram.Child _waits;
    private readonly Histogram.Child _works;

    internal QueueMetrics(MetricFactory factory, string name)
    {
        _depth = factory.CreateGauge("workqueue_depth", "Current depth of workqueue by workqueue and priority", "name").WithLabels(name);
        _adds = factory.CreateCounter("workqueue_adds_total", "Total number of adds handled by workqueue", "name").WithLabels(name);
        _retries = factory.CreateCounter("workqueue_retries_total", "Total number of retries handled by workqueue", "name").WithLabels(name);
        _waits = Seconds(factory, "workqueue_queue_duration_seconds", "How long in seconds an item stays in workqueue before being requested").WithLabels(name);
        _works = Seconds(factory, "workqueue_work_duration_seconds", "How long in seconds processing an item from workqueue takes.").WithLabels(name);
    }

    internal void Added(int depth)
    {
        _adds.Inc();
        _depth.Set(depth);
    }

    internal void Taken(int depth, TimeSpan waited)
    {
        _depth.Set(depth);
        _waits.Observe(waited.TotalSeconds);
    }

    internal void Done(TimeSpan worked) => _works.Observe(worked.TotalSeconds);

    internal void Retried() => _retries.Inc();

    private static Histogram Seconds(MetricFactory factory, string name, string help) =>
        factory.CreateHistogram(name, help, ["name"], new HistogramConfiguration { Buckets = Buckets });
}
