using System.Threading.Channels;
using Ocid.Cluster.Metrics;

namespace Ocid.Cluster.Queues;

/// <summary>
/// Keys of objects that have to be looked at. A key waits at most once however often it is added; it is never taken twice at a time, and what is added while it is being
/// looked at makes it come again. What failed comes again after a wait that doubles, without end: nothing is dropped.
/// </summary>
/// <param name="time">The clock of the waits.</param>
/// <param name="backOff">How long what failed waits.</param>
/// <param name="metrics">Told of what it does.</param>
/// <typeparam name="TKey">What tells objects apart.</typeparam>
public sealed class Backlog<TKey>(TimeProvider time, BackOff backOff, QueueMetrics? metrics = null) : IDisposable
    where TKey : notnull
{
    private readonly Lock _lock = new();

    // As many as there are keys, at most: a key that waits is not written again.
    private readonly Channel<TKey> _ready = Channel.CreateUnbounded<TKey>();
    private readonly Dictionary<TKey, long> _wanted = [];
    private readonly Dictionary<TKey, long> _taken = [];
    private readonly Dictionary<TKey, int> _failures = [];
    private readonly Dictionary<TKey, (DateTimeOffset Due, ITimer Timer)> _later = [];
    private bool _isDisposed;

    /// <summary>How many keys could be taken now.</summary>
    public int Depth => _ready.Reader.Count;

    /// <summary>Wants a key to be looked at as soon as possible.</summary>
    public void Add(TKey key)
    {
        lock (_lock)
            Want(key);
    }

    /// <summary>Wants a key to be looked at after a while; of several such wishes the earliest counts.</summary>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        lock (_lock)
            WantLater(key, delay);
    }

    /// <summary>Waits for a key. Whoever takes it says <see cref="Succeeded"/> or <see cref="Failed"/> afterwards.</summary>
    public async ValueTask<TKey> TakeAsync(CancellationToken ct)
    {
        var key = await _ready.Reader.ReadAsync(ct);
        lock (_lock)
        {
            _wanted.Remove(key, out var since);
            _taken.Add(key, time.GetTimestamp());
            metrics?.Taken(Depth, time.GetElapsedTime(since));
        }

        return key;
    }

    /// <summary>The key was looked at, and all is well.</summary>
    public void Succeeded(TKey key)
    {
        lock (_lock)
        {
            _failures.Remove(key);
            GiveBack(key);
        }
    }

    /// <summary>Looking at the key failed: it comes again by itself.</summary>
    /// <returns>After how long.</returns>
    public TimeSpan Failed(TKey key)
    {
        lock (_lock)
        {
            metrics?.Retried();
            var failures = _failures[key] = _failures.GetValueOrDefault(key) + 1;
            var wait = backOff.After(failures);
            GiveBack(key);
            WantLater(key, wait);
            return wait;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _ready.Writer.TryComplete();
            foreach (var (_, timer) in _later.Values)
                timer.Dispose();
            _later.Clear();
        }
    }

    private void Want(TKey key)
    {
        if (_isDisposed || !_wanted.TryAdd(key, time.GetTimestamp()))
            return;
        if (!_taken.ContainsKey(key))
            _ready.Writer.TryWrite(key);
        metrics?.Added(Depth);
    }

    private void GiveBack(TKey key)
    {
        if (!_taken.Remove(key, out var since))
            return;
        metrics?.Done(time.GetElapsedTime(since));
        if (_wanted.ContainsKey(key))
            _ready.Writer.TryWrite(key);
    }

    private void WantLater(TKey key, TimeSpan delay)
    {
        var due = time.GetUtcNow() + delay;
        if (_isDisposed || _later.TryGetValue(key, out var other) && other.Due <= due)
            return;

        other.Timer?.Dispose();
        _later[key] = (due, time.CreateTimer(_ => Ripen(key, due), null, delay, Timeout.InfiniteTimeSpan));
    }

    // A timer that was replaced may already be on its way here: its date says so.
    private void Ripen(TKey key, DateTimeOffset due)
    {
        lock (_lock)
        {
            if (!_later.TryGetValue(key, out var waiting) || waiting.Due != due)
                return;
            _later.Remove(key);
            waiting.Timer.Dispose();
            Want(key);
        }
    }
}
