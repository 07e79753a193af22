using System.Collections.Concurrent;

namespace Ocid.Cri.Metrics;

/// <summary>Values of a label that requests choose: the first hundred by name, those after them together.</summary>
internal sealed class BoundedLabel
{
    private const int Most = 100;

    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    public string Of(string value) => _known.ContainsKey(value) || (_known.Count < Most && _known.TryAdd(value, true)) ? value : "other";
}
