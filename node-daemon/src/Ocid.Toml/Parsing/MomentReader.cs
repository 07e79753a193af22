using System.Globalization;
using System.Text.RegularExpressions;

namespace Ocid.Toml.Parsing;

/// <summary>Reads dates and times.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc3339#section-5.6</remarks>
internal static partial class MomentReader
{
    public static TomlValue? TryRead(string token, TomlPosition position)
    {
        var match = Moment().Match(token);
        if (!match.Success)
            return null;

        var (date, time, offset) = (match.Groups["date"], match.Groups["time"], match.Groups["offset"]);
        if (!time.Success)
            return new TomlLocalDate(ReadDate(date.Value, position), position);
        if (!date.Success)
            return offset.Success ? null : new TomlLocalTime(ReadTime(time.Value, position), position);

        var local = ReadDate(date.Value, position).ToDateTime(ReadTime(time.Value, position));
        return offset.Success
            ? new TomlOffsetDateTime(ReadMoment(local, offset.Value, position), position)
            : new TomlLocalDateTime(local, position);
    }

    private static DateOnly ReadDate(string text, TomlPosition position) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new TomlException(position, $"{text}: no such day");

    private static TimeOnly ReadTime(string text, TomlPosition position)
    {
        if (!TimeOnly.TryParseExact(text[..8], "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            throw new TomlException(position, $"{text}: no such time");

        var fraction = text.Length > 9 ? text[9..] : "0";
        var ticks = long.Parse(fraction[..Math.Min(7, fraction.Length)].PadRight(7, '0'), CultureInfo.InvariantCulture);
        return time.Add(TimeSpan.FromTicks(ticks));
    }

    private static DateTimeOffset ReadMoment(DateTime local, string offset, TomlPosition position)
    {
        var ahead = TimeSpan.Zero;
        if (offset.Length > 1)
        {
            if (!TimeOnly.TryParseExact(offset[1..], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
                throw new TomlException(position, $"{offset}: no such offset");
            ahead = offset[0] == '-' ? -time.ToTimeSpan() : time.ToTimeSpan();
        }

        try
        {
            return ahead.Duration() <= TimeSpan.FromHours(14) ? new DateTimeOffset(local, ahead) : new DateTimeOffset(local - ahead, TimeSpan.Zero);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new TomlException(position, "the moment is outside the years 1 to 9999");
        }
    }

    [GeneratedRegex(@"^((?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})([Tt ](?=.)|\z))?((?<time>[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?)(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})?)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Moment();
}
