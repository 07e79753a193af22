namespace Ocid.Operator.Controllers;

/// <summary>
/// The nodes that no RuntimeConfig matches although they have something of ours. Each is left alone for a while: a RuntimeConfig that is deleted and made anew, or a label that
/// is on its way from one value to another, takes nothing from a node.
/// </summary>
/// <param name="grace">For how long.</param>
internal sealed class UnmatchedNodes(TimeSpan grace)
{
    private readonly Dictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);

    /// <summary>Notes who is unmatched now.</summary>
    public void Become(IEnumerable<string> nodes, DateTimeOffset now)
    {
        var present = nodes.ToHashSet(StringComparer.Ordinal);
        foreach (var back in _since.Keys.Where(node => !present.Contains(node)).ToList())
            _since.Remove(back);
        foreach (var node in present)
            _since.TryAdd(node, now);
    }

    /// <summary>Whether a node was unmatched for long enough.</summary>
    public bool IsDue(string node, DateTimeOffset now) => _since.TryGetValue(node, out var since) && since + grace <= now;

    /// <summary>When the next one is due; null where none is to come.</summary>
    public DateTimeOffset? NextAt(DateTimeOffset now) => _since.Values.Select(since => (DateTimeOffset?)since + grace).Where(due => due > now).Min();
}
