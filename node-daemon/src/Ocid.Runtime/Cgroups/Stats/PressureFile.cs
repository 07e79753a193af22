using System.Globalization;

namespace Ocid.Runtime.Cgroups.Stats;

internal static class PressureFile
{
    private static readonly PressureLine Nothing = new(0, 0, 0, 0);

    public static PressureStall? Parse(string? content)
    {
        if (string.IsNullOrWhiteSpace(content))
            return null;

        var lines = content.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[0], ParseLine, StringComparer.Ordinal);
        return new PressureStall(lines.GetValueOrDefault("some", Nothing), lines.GetValueOrDefault("full", Nothing));
    }

    private static PressureLine ParseLine(string[] words)
    {
        var values = words.Skip(1).Select(word => word.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        double Average(string name) => double.TryParse(values.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var value) ? value : 0;
        return new PressureLine(Average("avg10"), Average("avg60"), Average("avg300"), CgroupFile.ParseNumber(values.GetValueOrDefault("total")) ?? 0);
    }
}
