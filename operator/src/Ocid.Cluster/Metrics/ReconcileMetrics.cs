using Prometheus;

namespace Ocid.Cluster.Metrics;

/// <summary>What a controller does.</summary>
public sealed class ReconcileMetrics
{
    private static readonly double[] Buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    private readonly string _controller;
    private readonly Counter _total;
    private readonly Counter.Child _errors;
    private readonly Histogram.Child _time;

    internal ReconcileMetrics(MetricFactory factory, string controller)
    {
        _controller = controller;
        _total = factory.CreateCounter("controller_runtime_reconcile_total", "Total number of reconciliations per controller", "controller", "result");
        _errors = factory.CreateCounter("controller_runtime_reconcile_errors_total", "Total number of reconciliation errors per controller", "controller").WithLabels(controller);
        _time = factory.CreateHistogram(
            "controller_runtime_reconcile_time_seconds", "Length of time per reconciliation per controller", ["controller"], new HistogramConfiguration { Buckets = Buckets }).WithLabels(controller);
        foreach (var result in new[] { "success", "error", "requeue_after" })
            _total.WithLabels(controller, result).Inc(0);
    }

    /// <summary>All is as it is to be.</summary>
    public void Succeeded(TimeSpan elapsed) => Ended("success", elapsed);

    /// <summary>All is as it is to be for now.</summary>
    public void RequeuedAfter(TimeSpan elapsed) => Ended("requeue_after", elapsed);

    /// <summary>It failed.</summary>
    public void Failed(TimeSpan elapsed)
    {
        _errors.Inc();
        Ended("error", elapsed);
    }

    private void Ended(string result, TimeSpan elapsed)
    {
        _total.WithLabels(_controller, result).Inc();
        _time.Observe(elapsed.TotalSeconds);
    }
}
