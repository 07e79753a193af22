namespace Prometheus;

public interface IHistogram : IObserver
{
    double Sum { get; }

    long Count { get; }
}
