using System.Globalization;
using System.Text.RegularExpressions;

namespace Ocid.Toml.Parsing;

/// <summary>Reads what is not quoted: booleans, integers, floats, dates and times.</summary>
internal static partial class ScalarReader
{
    public static TomlValue Read(Cursor cursor)
    {
        var position = cursor.Position;
        var token = cursor.TakeWhile(IsPartOfToken);
        // RFC 3339 lets a blank stand between date and time.
        if (FullDate().IsMatch(token) && cursor.Peek() == ' ' && cursor.Peek(1) is >= '0' and <= '9')
        {
            cursor.Next();
            token += " " + cursor.TakeWhile(IsPartOfToken);
        }

        return token switch
        {
            "" => throw cursor.Fail($"expected a value, found {cursor.Found()}"),
            "true" => new TomlBoolean(true, position),
            "false" => new TomlBoolean(false, position),
            _ when Integer().IsMatch(token) => ReadInteger(token, 10, position),
            _ when PrefixedInteger().IsMatch(token) => ReadInteger(token[2..], token[1] switch { 'x' => 16, 'o' => 8, _ => 2 }, position),
            _ when Float().IsMatch(token) => ReadFloat(token, position),
            _ when MomentReader.TryRead(token, position) is { } moment => moment,
            _ => throw new TomlException(position, Explain(token)),
        };
    }

    private static bool IsPartOfToken(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '+' or '-' or '.' or ':';

    private static TomlInteger ReadInteger(string token, int radix, TomlPosition position)
    {
        var value = Int128.Zero;
        foreach (var c in token)
        {
            if (!char.IsAsciiHexDigit(c))
                continue;

            value = (value * radix) + int.Parse([c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (value > (Int128)long.MaxValue + 1)
                break;
        }

        if (token[0] == '-')
            value = -value;
        return value >= long.MinValue && value <= long.MaxValue ? new TomlInteger((long)value, position) : throw new TomlException(position, "the integer does not fit into 64 bits");
    }

    private static TomlFloat ReadFloat(string token, TomlPosition position)
    {
        var value = token.TrimStart('+', '-') switch
        {
            "inf" => double.PositiveInfinity,
            "nan" => double.NaN,
            var number => double.Parse(number.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture),
        };
        if (double.IsInfinity(value) && !token.EndsWith("inf", StringComparison.Ordinal))
            throw new TomlException(position, "the float is too large");
        return new TomlFloat(token[0] == '-' ? -value : value, position);
    }

    private static string Explain(string token)
    {
        var shown = token.Length > 40 ? token[..40] + "…" : token;
        if (LeadingZero().IsMatch(token))
            return $"{shown}: a number may not begin with zero";
        if (token.Contains('_', StringComparison.Ordinal) && char.IsAsciiDigit(token[0]))
            return $"{shown}: an underscore must stand between two digits";
        if (char.IsAsciiDigit(token[0]) || token[0] is '+' or '-' or '.')
            return $"{shown}: neither a number nor a date";
        return token.ToUpperInvariant() is "TRUE" or "FALSE" ? $"{shown}: booleans are in lower case" : $"{shown}: a string must be in quotes";
    }

    [GeneratedRegex(@"^[+-]?(0|[1-9](_?[0-9])*)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^0(x[0-9A-Fa-f](_?[0-9A-Fa-f])*|o[0-7](_?[0-7])*|b[01](_?[01])*)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex PrefixedInteger();

    [GeneratedRegex(@"^[+-]?(inf|nan|(0|[1-9](_?[0-9])*)(\.[0-9](_?[0-9])*)?([eE][+-]?[0-9](_?[0-9])*)?)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Float();

    [GeneratedRegex(@"^[+-]?0[0-9_]+(\.|e|E|\z)", RegexOptions.ExplicitCapture)]
    private static partial Regex LeadingZero();

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}\z")]
    private static partial Regex FullDate();
}
