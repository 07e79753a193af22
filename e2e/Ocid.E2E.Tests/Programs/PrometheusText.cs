using System.Globalization;
using System.Text.RegularExpressions;

namespace Ocid.E2E.Tests.Programs;

/// <summary>A strict reader of Prometheus' text format: every sample belongs to a family with HELP and TYPE, and appears once.</summary>
internal static partial class PrometheusText
{
    internal sealed record Sample(string Name, string Labels, double Value);

    public static IReadOnlyList<Sample> Parse(string text)
    {
        var samples = new List<Sample>();
        var types = new Dictionary<string, string>();
        var help = new HashSet<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ', 4);
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
                help.Add(words[2]).Should().BeTrue($"one HELP for {words[2]}");
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
                types.Add(words[2], words[3]);
            else if (!line.StartsWith('#'))
                samples.Add(ParseSample(line));
        }
        foreach (var sample in samples)
            Families(sample.Name).Should().Contain(family => types.ContainsKey(family) && help.Contains(family), $"{sample.Name} has HELP and TYPE");
        samples.Select(sample => sample.Name + sample.Labels).Should().OnlyHaveUniqueItems();
        return samples;
    }

    private static Sample ParseSample(string line)
    {
        var match = SampleLine().Match(line);
        match.Success.Should().BeTrue($"'{line}' is a sample");
        var value = match.Groups["value"].Value switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            var number => double.Parse(number, CultureInfo.InvariantCulture),
        };
        return new Sample(match.Groups["name"].Value, match.Groups["labels"].Value, value);
    }

    private static IEnumerable<string> Families(string name) =>
        new[] { name }.Concat(new[] { "_bucket", "_sum", "_count" }.Where(suffix => name.EndsWith(suffix, StringComparison.Ordinal)).Select(suffix => name[..^suffix.Length]));

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*\})? (?<value>\S+)( \d+)?$""")]
    private static partial Regex SampleLine();
}
