using System.Text.RegularExpressions;

namespace Ocid.Daemon.Templates;

/// <summary>A time as Go's time.Time: JSON has it as it was written, text has it in Go's own form.</summary>
/// <param name="Written">RFC 3339.</param>
internal sealed partial record GoTime(string Written)
{
    /// <summary><c>2024-01-02 03:04:05 +0000 UTC</c>.</summary>
    public override string ToString()
    {
        if (Form().Match(Written) is not { Success: true } parts)
            return Written;
        var zone = parts.Groups["zone"].Value.Replace(":", "", StringComparison.Ordinal);
        return $"{parts.Groups["date"].Value} {parts.Groups["time"].Value} {(zone == "Z" ? "+0000 UTC" : $"{zone} {zone}")}";
    }

    [GeneratedRegex("^(?<date>[0-9-]+)T(?<time>[0-9:.]+)(?<zone>Z|[+-][0-9:]+)$")]
    private static partial Regex Form();
}
