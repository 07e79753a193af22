using Prometheus;

namespace Ocid.Cri.Metrics;

/// <summary>
/// What the CRI module counts, prefix <c>ocid_</c>. Names follow CRI-O's where dashboards know them; latencies are histograms in seconds.
/// </summary>
public sealed class CriMetrics
{
    // From a status answered from memory to a pull of minutes.
    private static readonly double[] OperationBounds =
        [.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120, 300];

    private readonly Counter _operations;
    private readonly Counter _operationErrors;
    private readonly Histogram _operationLatency;
    private readonly Counter _oomKills;
    private readonly Counter _monitorLosses;
    private readonly Counter _eventsDropped;
    private readonly Counter _lockWaits;

    /// <summary>Declares the metrics in a registry.</summary>
    public CriMetrics(CollectorRegistry registry)
    {
        Registry = registry;
        var metrics = Prometheus.Metrics.WithCustomRegistry(registry);
        _operations = metrics.CreateCounter("ocid_operations_total", "CRI calls that ended, by operation.", "operation");
        _operationErrors = metrics.CreateCounter("ocid_operations_errors_total", "CRI calls that failed, by operation.", "operation");
        _operationLatency = metrics.CreateHistogram(
            "ocid_operations_latency_seconds", "How long CRI calls took.", ["operation"], new HistogramConfiguration { Buckets = OperationBounds });
        Pulls = new PullMetrics(metrics);
        _oomKills = metrics.CreateCounter("ocid_containers_oom_total", "Containers that the kernel killed for lack of memory.");
        _monitorLosses = metrics.CreateCounter("ocid_monitor_losses_total", "Times that the monitor was lost and started again.");
        _eventsDropped = metrics.CreateCounter("ocid_containers_events_dropped_total", "Event streams that were cut off because their reader was too slow.");
        _lockWaits = metrics.CreateCounter("ocid_storage_lock_waits_total", "Waits of more than a second for a lock of the store that another program held, by lock file.", "lock");
        metrics.CreateGauge("ocid_build_info", "Always 1; the version is in the label.", "version")
            .WithLabels(BuildInfo.Version).Set(1);
    }

    /// <summary>Where the metrics are, for exposition and for the metrics of other modules.</summary>
    public CollectorRegistry Registry { get; }

    /// <summary>What is counted of image pulls.</summary>
    public PullMetrics Pulls { get; }

    /// <summary>Counts a call that answered.</summary>
    public void OperationSucceeded(string operation, TimeSpan elapsed)
    {
        _operations.WithLabels(operation).Inc();
        _operationLatency.WithLabels(operation).Observe(elapsed.TotalSeconds);
    }

    /// <summary>Counts a call that ended in a status other than OK.</summary>
    public void OperationFailed(string operation, TimeSpan elapsed)
    {
        OperationSucceeded(operation, elapsed);
        _operationErrors.WithLabels(operation).Inc();
    }

    /// <summary>Counts a wait for a lock of the store that has lasted a second.</summary>
    public void StoreLockWaited(string name) => _lockWaits.WithLabels(name).Inc();

    /// <summary>Counts a container killed for lack of memory.</summary>
    public void OomKilled() => _oomKills.Inc();

    /// <summary>Counts a reader of events that was cut off.</summary>
    public void EventDropped() => _eventsDropped.Inc();

    /// <summary>Counts a lost monitor.</summary>
    public void MonitorLost() => _monitorLosses.Inc();
}
