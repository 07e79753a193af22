namespace Prometheus;

public abstract class ChildBase : ICollectorChild
{
    private protected ChildBase(string[] labelValues) => LabelValues = labelValues;

    internal string[] LabelValues { get; }
}
