using System.Text;

namespace Prometheus;

public abstract class Collector
{
    private readonly string[] _labelNames;

    private protected Collector(string name, string help, string[] labelNames)
    {
        Name = IsName(name, colons: true) ? name : throw new ArgumentException($"metric name '{name}' is not valid", nameof(name));
        Help = help ?? throw new ArgumentNullException(nameof(help));
        foreach (var label in labelNames)
            if (!IsName(label, colons: false) || label.StartsWith("__", StringComparison.Ordinal))
                throw new ArgumentException($"label name '{label}' is not valid", nameof(labelNames));

        _labelNames = [.. labelNames];
    }

    public string Name { get; }

    public string Help { get; }

    public string[] LabelNames => [.. _labelNames];

    internal abstract void WriteTo(StringBuilder text);

    // https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels
    private static bool IsName(string name, bool colons) => name.Length > 0 && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_' || (colons && c == ':'));
}
