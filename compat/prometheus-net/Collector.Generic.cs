using System.Collections.Concurrent;
using System.Text;

namespace Prometheus;

public abstract class Collector<TChild> : Collector, ICollector<TChild>
    where TChild : ChildBase
{
    private readonly ConcurrentDictionary<string[], TChild> _children = new(LabelValuesComparer.Instance);
    private readonly string[] _labelNames;

    private protected Collector(string name, string help, string[] labelNames)
        : base(name, help, labelNames) => _labelNames = LabelNames;

    public TChild Unlabelled => WithLabels();

    public TChild WithLabels(params string[] labelValues)
    {
        if (_children.TryGetValue(labelValues, out var known))
            return known;
        if (labelValues.Length != _labelNames.Length)
            throw new ArgumentException($"metric {Name} has {_labelNames.Length} labels, not {labelValues.Length}", nameof(labelValues));

        return _children.GetOrAdd([.. labelValues], values => NewChild(values));
    }

    public void RemoveLabelled(params string[] labelValues) => _children.TryRemove(labelValues, out _);

    public IEnumerable<string[]> GetAllLabelValues() => _children.Keys.Where(values => values.Length > 0).Select(values => values.ToArray());

    private protected abstract string TypeName { get; }

    private protected abstract TChild NewChild(string[] labelValues);

    private protected abstract void WriteChild(StringBuilder text, TChild child);

    internal sealed override void WriteTo(StringBuilder text)
    {
        Exposition.Family(text, Name, Help, TypeName);
        foreach (var child in _children.Values)
            WriteChild(text, child);
    }

    private protected void WriteSample(StringBuilder text, string suffix, TChild child, double value, double? le = null) =>
        Exposition.Sample(text, Name + suffix, _labelNames, child.LabelValues, le, value);
}
