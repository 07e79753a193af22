namespace Prometheus;

public abstract class MetricConfiguration
{
    public string[]? LabelNames { get; set; }

    public bool SuppressInitialValue { get; set; }
}
