using System.Globalization;

namespace Ocid.Networking;

// Kubernetes' resource.Quantity as a whole number, rounded up: "10M", "1.5Gi", "12e6", "100m".
internal static class Quantity
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    public static bool TryParse(string text, out long value)
    {
        value = 0;
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' || (end == 0 && text[end] is '+' or '-')))
            end++;
        if (!decimal.TryParse(text.AsSpan(0, end), Number, CultureInfo.InvariantCulture, out var number) || Factor(text[end..]) is not { } factor)
            return false;
        try
        {
            value = decimal.ToInt64(decimal.Ceiling(number * factor));
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static decimal? Factor(string suffix) => suffix switch
    {
        "n" => 1e-9m,
        "u" => 1e-6m,
        "m" => 1e-3m,
        "" => 1,
        "k" => 1e3m,
        "M" => 1e6m,
        "G" => 1e9m,
        "T" => 1e12m,
        "P" => 1e15m,
        "E" => 1e18m,
        "Ki" => 1L << 10,
        "Mi" => 1L << 20,
        "Gi" => 1L << 30,
        "Ti" => 1L << 40,
        "Pi" => 1L << 50,
        "Ei" => 1L << 60,
        ['e' or 'E', .. var exponent] => PowerOfTen(exponent),
        _ => null,
    };

    private static decimal? PowerOfTen(string exponent)
    {
        if (!int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) || power is < -18 or > 18)
            return null;
        var factor = 1m;
        for (var i = 0; i < Math.Abs(power); i++)
            factor = power > 0 ? factor * 10 : factor / 10;
        return factor;
    }
}
