namespace Prometheus;

public interface ICollector
{
    string Name { get; }

    string Help { get; }

    string[] LabelNames { get; }
}
