namespace Prometheus;

public sealed class HistogramConfiguration : MetricConfiguration
{
    public double[]? Buckets { get; set; }
}
