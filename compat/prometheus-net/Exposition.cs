using System.Globalization;
using System.Text;

namespace Prometheus;

/// <summary>
/// The text format 0.0.4: https://github.com/prometheus/docs/blob/main/docs/instrumenting/exposition_formats.md
/// </summary>
internal static class Exposition
{
    public static void Family(StringBuilder text, string name, string help, string type)
    {
        text.Append("# HELP ").Append(name).Append(' ');
        Escaped(text, help, quotes: false);
        text.Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    public static void Sample(StringBuilder text, string name, string[] labelNames, string[] labelValues, double? le, double value)
    {
        text.Append(name);
        if (labelNames.Length > 0 || le is not null)
        {
            var separator = '{';
            for (var i = 0; i < labelNames.Length; i++)
            {
                Label(text, separator, labelNames[i], labelValues[i]);
                separator = ',';
            }

            if (le is { } bound)
                Label(text, separator, "le", Number(bound));
            text.Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static void Label(StringBuilder text, char separator, string name, string value)
    {
        text.Append(separator).Append(name).Append("=\"");
        Escaped(text, value, quotes: true);
        text.Append('"');
    }

    private static void Escaped(StringBuilder text, string value, bool quotes)
    {
        foreach (var c in value)
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(c),
            };
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
