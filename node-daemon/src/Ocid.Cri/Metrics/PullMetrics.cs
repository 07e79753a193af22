using Ocid.Images.Pulling;
using Ocid.Primitives;
using Prometheus;

namespace Ocid.Cri.Metrics;

/// <summary>What is counted of image pulls: their outcome by call, bytes and layers while they come, once also where several calls wait for one pull.</summary>
public sealed class PullMetrics
{
    private static readonly double[] LatencyBounds = [.25, .5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600];

    private static readonly double[] SizeBounds = [.. new[] { .001, .01, .05, .1, .25, .5, 1, 2, 5, 10 }.Select(gigabytes => gigabytes * 1e9)];

    private readonly BoundedLabel _hosts = new();
    private readonly Counter _successes;
    private readonly Counter _failures;
    private readonly Histogram _latency;
    private readonly Gauge _running;
    private readonly Counter _served;
    private readonly Counter _fetchedBytes;
    private readonly Counter _reusedBytes;
    private readonly Counter _reusedLayers;
    private readonly Histogram _layerSize;
    private readonly Gauge _transferred;
    private readonly Gauge _total;

    internal PullMetrics(MetricFactory metrics)
    {
        _successes = metrics.CreateCounter("ocid_image_pulls_success_total", "Image pulls that succeeded.");
        _failures = metrics.CreateCounter("ocid_image_pulls_failure_total", "Image pulls that failed, by kind of error.", "error");
        _latency = Distribution(metrics, "ocid_image_pulls_latency_seconds", "How long image pulls took that succeeded.", LatencyBounds);
        _running = metrics.CreateGauge("ocid_image_pulls_in_progress", "Image pulls that run now.");
        _served = metrics.CreateCounter("ocid_image_pulls_served_total", "Images that an endpoint (a mirror, or the registry itself) answered for, by its host.", "host");
        _fetchedBytes = metrics.CreateCounter("ocid_image_pulls_bytes_total", "Compressed bytes of layers fetched from registries, counted while they come.");
        _reusedBytes = metrics.CreateCounter("ocid_image_pulls_skipped_bytes_total", "Compressed bytes of layers not fetched, because they were here.");
        _reusedLayers = metrics.CreateCounter("ocid_image_layer_reuse_total", "Layers not fetched, because they were here.");
        _layerSize = Distribution(metrics, "ocid_image_pulls_layer_size_bytes", "Compressed size of the layers that were fetched.", SizeBounds);
        _transferred = metrics.CreateGauge("ocid_image_pull_transferred_bytes", "Compressed bytes of layers that are here, of each image that is being pulled now.", "image");
        _total = metrics.CreateGauge("ocid_image_pull_size_bytes", "Compressed size of the layers, of each image that is being pulled now.", "image");
    }

    /// <summary>Counts a call as running until what it returns is disposed.</summary>
    public IDisposable Started() => new Running(_running);

    /// <summary>Counts a call that ended well.</summary>
    public void Succeeded(TimeSpan elapsed)
    {
        _successes.Inc();
        _latency.Observe(elapsed.TotalSeconds);
    }

    /// <summary>Counts a call that failed.</summary>
    public void Failed(ErrorKind kind) => _failures.WithLabels(kind.ToString()).Inc();

    /// <summary>Counts an image that an endpoint answered for.</summary>
    public void ServedBy(string host) => _served.WithLabels(_hosts.Of(host)).Inc();

    /// <summary>Counts what one pull brings. For <see cref="ImagePuller.Observe"/>.</summary>
    public IProgress<PullProgress> Observe(ImageReference image) => new ObservedPull(this, image.ToString());

    internal void Fetched(long bytes) => _fetchedBytes.Inc(bytes);

    internal void LayerFetched(long size) => _layerSize.Observe(size);

    internal void LayerReused(long size)
    {
        _reusedLayers.Inc();
        _reusedBytes.Inc(size);
    }

    internal void Show(string image, long transferred, long total)
    {
        _transferred.WithLabels(image).Set(transferred);
        _total.WithLabels(image).Set(total);
    }

    internal void Hide(string image)
    {
        _transferred.RemoveLabelled(image);
        _total.RemoveLabelled(image);
    }

    private static Histogram Distribution(MetricFactory metrics, string name, string help, double[] bounds) =>
        metrics.CreateHistogram(name, help, [], new HistogramConfiguration { Buckets = bounds });

    private sealed class Running : IDisposable
    {
        private Gauge? _gauge;

        public Running(Gauge gauge)
        {
            _gauge = gauge;
            gauge.Inc();
        }

        public void Dispose() => Interlocked.Exchange(ref _gauge, null)?.Dec();
    }
}
