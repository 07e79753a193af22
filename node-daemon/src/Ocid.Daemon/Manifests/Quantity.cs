using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ocid.Daemon.Manifests;

/// <summary>A Kubernetes quantity: <c>500m</c>, <c>0.5</c>, <c>64Mi</c>, <c>1e3</c>.</summary>
/// <remarks>https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/</remarks>
internal sealed partial record Quantity
{
    private static readonly Dictionary<string, decimal> Suffixes = new(StringComparer.Ordinal)
    {
        ["n"] = 1e-9m, ["u"] = 1e-6m, ["m"] = 1e-3m, [""] = 1, ["k"] = 1e3m, ["M"] = 1e6m, ["G"] = 1e9m, ["T"] = 1e12m, ["P"] = 1e15m, ["E"] = 1e18m,
        ["Ki"] = 1L << 10, ["Mi"] = 1L << 20, ["Gi"] = 1L << 30, ["Ti"] = 1L << 40, ["Pi"] = 1L << 50, ["Ei"] = 1L << 60,
    };

    private Quantity(decimal value) => Value = value;

    public decimal Value { get; }

    /// <summary>Whole units, rounded up: bytes, for memory.</summary>
    public long Units => (long)decimal.Ceiling(Value);

    /// <summary>Thousandths, rounded up: for processors.</summary>
    public long Thousandths => (long)decimal.Ceiling(Value * 1000);

    /// <summary>Reads a quantity; false when the text is none, is negative, or is beyond 63 bits of thousandths.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Quantity? quantity)
    {
        quantity = null;
        var match = Syntax().Match(text);
        if (!match.Success || !decimal.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return false;

        try
        {
            var value = number * (match.Groups["exponent"] is { Success: true } exponent ? PowerOfTen(exponent.Value) : Suffixes[match.Groups["suffix"].Value]);
            quantity = value <= long.MaxValue / 1000 ? new Quantity(value) : null;
            return quantity is not null;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private static decimal PowerOfTen(string exponent)
    {
        var power = int.Parse(exponent, CultureInfo.InvariantCulture);
        var value = 1m;
        for (var i = 0; i < Math.Abs(power); i++)
            value = power > 0 ? value * 10 : value / 10;
        return value;
    }

    [GeneratedRegex(@"^\+?(?<number>[0-9]{1,20}(\.[0-9]{0,20})?|\.[0-9]{1,20})([eE](?<exponent>[+-]?[0-9]{1,2})|(?<suffix>[KMGTPE]i|[numkMGTPE]?))\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Syntax();
}
