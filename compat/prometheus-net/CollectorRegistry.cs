using System.Collections.Concurrent;
using System.Text;

namespace Prometheus;

public sealed class CollectorRegistry
{
    private readonly ConcurrentQueue<Func<CancellationToken, Task>> _beforeCollect = new();
    private readonly Dictionary<string, Collector> _byName = [];
    private readonly List<Collector> _inOrder = [];

    public void AddBeforeCollectCallback(Action callback) => AddBeforeCollectCallback(_ =>
    {
        callback();
        return Task.CompletedTask;
    });

    public void AddBeforeCollectCallback(Func<CancellationToken, Task> callback) => _beforeCollect.Enqueue(callback);

    public async Task CollectAndExportAsTextAsync(Stream to, CancellationToken cancel = default)
    {
        foreach (var callback in _beforeCollect)
            await callback(cancel).ConfigureAwait(false);

        var text = new StringBuilder();
        foreach (var collector in Snapshot())
            collector.WriteTo(text);

        await to.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancel).ConfigureAwait(false);
    }

    internal TCollector GetOrAdd<TCollector>(TCollector candidate)
        where TCollector : Collector
    {
        lock (_byName)
        {
            if (!_byName.TryGetValue(candidate.Name, out var existing))
            {
                _byName.Add(candidate.Name, candidate);
                _inOrder.Add(candidate);
                return candidate;
            }

            return existing is TCollector same && same.LabelNames.SequenceEqual(candidate.LabelNames)
                ? same
                : throw new InvalidOperationException($"metric {candidate.Name} exists with another type or other labels");
        }
    }

    private Collector[] Snapshot()
    {
        lock (_byName)
            return [.. _inOrder];
    }
}
