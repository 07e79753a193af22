using System.Globalization;
using System.Text.RegularExpressions;
using Ocid.Primitives;

namespace Ocid.Images.Manifests;

/// <summary>A time as Go writes it again after it read it: a fraction of at most nine digits without zeros at its end, and Z for no offset.</summary>
internal static partial class GoTime
{
    /// <exception cref="OcidException">DataLoss: it is no time.</exception>
    public static string Written(string? text)
    {
        if (text is null)
            return "0001-01-01T00:00:00Z";
        if (Syntax().Match(text) is not { Success: true } match
            || !DateTime.TryParseExact(match.Groups["time"].Value, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            throw new OcidException(ErrorKind.DataLoss, $"manifest: {Quoted.Text(text)} in its history is no time");

        var digits = match.Groups["fraction"].Value;
        var fraction = digits[..Math.Min(digits.Length, 9)].TrimEnd('0');
        var offset = match.Groups["offset"].Value;
        return $"{match.Groups["time"].Value}{(fraction.Length > 0 ? "." + fraction : "")}{(offset is "+00:00" or "-00:00" ? "Z" : offset)}";
    }

    [GeneratedRegex(@"^(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:[.](?<fraction>[0-9]+))?(?<offset>Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Syntax();
}
