using System.Globalization;

namespace Ocid.Bench;

/// <summary>The medians of all runs, each beside the one that it is compared with.</summary>
internal sealed class Table(string comparedWith)
{
    private readonly List<(string Name, List<Run> Runs)> _rows = [];

    public void Add(string name, Run run)
    {
        if (_rows.FindIndex(row => row.Name == name) is var at and >= 0)
            _rows[at].Runs.Add(run);
        else
            _rows.Add((name, [run]));
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {run.Seconds:0.00} s, {run.Cpu:0.00} s of CPU"));
    }

    public void Print()
    {
        var bases = _rows.Where(row => row.Name.StartsWith(comparedWith, StringComparison.Ordinal)).ToList();
        Console.WriteLine($"| | seconds (min–max) | CPU s |{string.Concat(bases.Select(b => $" ratio to {b.Name} | CPU ratio |"))}");
        Console.WriteLine($"|---|---|---|{string.Concat(bases.Select(_ => "---|---|"))}");
        foreach (var (name, runs) in _rows)
        {
            var cells = bases.Select(b => string.Create(CultureInfo.InvariantCulture, $" {Ratio(runs, b.Runs, r => r.Seconds):0.00} | {Ratio(runs, b.Runs, r => r.Cpu):0.00} |"));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {Median(runs.Select(r => r.Seconds)):0.00} ({runs.Min(r => r.Seconds):0.00}–{runs.Max(r => r.Seconds):0.00}) | {Median(runs.Select(r => r.Cpu)):0.00} |{string.Concat(cells)}"));
        }
    }

    // Of each round by itself: both ran within it.
    private static double Ratio(List<Run> runs, List<Run> others, Func<Run, double> value) =>
        Median(runs.Zip(others, (run, other) => value(run) / value(other)));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
