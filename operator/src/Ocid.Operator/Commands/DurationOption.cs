using System.CommandLine;
using System.Globalization;

namespace Ocid.Operator.Commands;

/// <summary>An option that is a time, as <c>90s</c>, <c>5m</c> or <c>1h</c>.</summary>
internal static class DurationOption
{
    public static Option<TimeSpan?> Create(string name, string description, string byDefault) => new(name)
    {
        Description = $"{description} [default: {byDefault}]",
        HelpName = "DURATION",
        CustomParser = result =>
        {
            if (Parse(result.Tokens[0].Value) is { } time)
                return time;
            result.AddError($"{name}: want a time such as 90s, 5m or 1h");
            return null;
        },
    };

    private static TimeSpan? Parse(string text) =>
        text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                _ => null,
            }
            : null;
}
