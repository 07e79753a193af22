using Ocid.Cluster.Entities.Core;

namespace Ocid.Cluster.Events;

/// <summary>How many different things may be told of an object: some at once, and then one every few minutes. What is normal takes nothing from the warnings.</summary>
internal sealed class EventBudget(TimeProvider time)
{
    private const double Most = 25;
    private static readonly TimeSpan OneMore = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(ObjectReference About, bool IsWarning), (double Left, DateTimeOffset At)> _left = [];

    /// <summary>Whether there is one left, which is then taken.</summary>
    public bool TryTake(EventKey key)
    {
        var now = time.GetUtcNow();
        foreach (var (full, _) in _left.Where(entry => Left(entry.Value, now) >= Most).ToArray())
            _left.Remove(full);
        var left = _left.TryGetValue((key.About, key.IsWarning), out var known) ? Left(known, now) : Most;
        if (left < 1)
            return false;
        _left[(key.About, key.IsWarning)] = (left - 1, now);
        return true;
    }

    private static double Left((double Left, DateTimeOffset At) known, DateTimeOffset now) => Math.Min(Most, known.Left + (now - known.At) / OneMore);
}
