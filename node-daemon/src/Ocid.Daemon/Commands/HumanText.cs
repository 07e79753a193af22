using System.Globalization;

namespace Ocid.Daemon.Commands;

/// <summary>Times, sizes and ids as people read them.</summary>
internal static class HumanText
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>How long ago, in its largest unit: <c>3 minutes ago</c>.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => (now - then) switch
    {
        { TotalSeconds: < 1 } => "just now",
        { TotalMinutes: < 1 } age => Ago(age.TotalSeconds, "second"),
        { TotalHours: < 1 } age => Ago(age.TotalMinutes, "minute"),
        { TotalDays: < 1 } age => Ago(age.TotalHours, "hour"),
        { TotalDays: < 60 } age => Ago(age.TotalDays, "day"),
        { TotalDays: < 730 } age => Ago(age.TotalDays / 30.4, "month"),
        var age => Ago(age.TotalDays / 365.25, "year"),
    };

    public static string Ago(long unixNanoseconds, DateTimeOffset now) => unixNanoseconds == 0 ? "-" : Ago(Moment(unixNanoseconds), now);

    public static DateTimeOffset Moment(long unixNanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(unixNanoseconds / TimeSpan.NanosecondsPerTick);

    /// <summary>Bytes in powers of 1000, three digits: <c>4.27 MB</c>.</summary>
    public static string Size(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 999.5 && unit < Units.Length - 1; unit++)
            value /= 1000;
        var format = unit == 0 || value >= 99.95 ? "0" : value >= 9.995 ? "0.0" : "0.00";
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>The first twelve digits of an id, without its algorithm.</summary>
    public static string ShortId(string id)
    {
        var hex = id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return hex.Length > 12 ? hex[..12] : hex;
    }

    /// <summary><c>1 layer</c>, <c>2 layers</c>.</summary>
    public static string Count(int number, string unit) => $"{number} {unit}{(number == 1 ? "" : "s")}";

    private static string Ago(double amount, string unit) => $"{Count((int)amount, unit)} ago";
}
