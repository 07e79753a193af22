using System.Globalization;
using System.Text;
using Ocid.Toml.Parsing;

namespace Ocid.Toml;

/// <summary>Writes TOML: a document with headers, or one key or value.</summary>
public static class TomlWriter
{
    /// <summary>A document: a table's plain values first, then its tables under headers.</summary>
    public static string Write(TomlTable document)
    {
        var text = new StringBuilder();
        WriteTable(text, document, "");
        return text.ToString();
    }

    /// <summary>A key, quoted where it has to be.</summary>
    public static string Key(string key) => key.Length > 0 && key.All(KeyReader.IsBare) ? key : Quote(key);

    /// <summary>A value as it stands behind <c>key =</c>, in one line.</summary>
    public static string Inline(TomlValue value) => value switch
    {
        TomlString text => Quote(text.Value),
        TomlInteger integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        TomlFloat number => Number(number.Value),
        TomlBoolean boolean => boolean.Value ? "true" : "false",
        TomlOffsetDateTime moment => moment.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        TomlLocalDateTime local => local.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TomlLocalDate date => date.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TomlLocalTime time => time.Value.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        TomlArray array => $"[{string.Join(", ", array.Select(Inline))}]",
        TomlTable { Entries.Count: 0 } => "{}",
        TomlTable table => $"{{ {string.Join(", ", table.Entries.Select(entry => $"{Key(entry.Key)} = {Inline(entry.Value)}"))} }}",
        _ => throw new ArgumentException($"unknown kind of value: {value.Kind}", nameof(value)),
    };

    private static void WriteTable(StringBuilder text, TomlTable table, string path)
    {
        foreach (var entry in table.Entries.Where(entry => !HasHeader(entry.Value)))
            text.Append(Key(entry.Key)).Append(" = ").Append(Inline(entry.Value)).Append('\n');

        foreach (var entry in table.Entries.Where(entry => HasHeader(entry.Value)))
        {
            var name = path.Length == 0 ? Key(entry.Key) : $"{path}.{Key(entry.Key)}";
            if (entry.Value is TomlTable single)
                WriteSection(text, single, name, $"[{name}]");
            else
            {
                foreach (var item in (TomlArray)entry.Value)
                    WriteSection(text, (TomlTable)item, name, $"[[{name}]]");
            }
        }
    }

    private static void WriteSection(StringBuilder text, TomlTable table, string name, string header)
    {
        if (text.Length > 0)
            text.Append('\n');
        text.Append(header).Append('\n');
        WriteTable(text, table, name);
    }

    private static bool HasHeader(TomlValue value) => value is TomlTable || value is TomlArray { Count: > 0 } array && array.All(item => item is TomlTable);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ when double.IsNaN(value) => "nan",
        _ when value.ToString("R", CultureInfo.InvariantCulture) is var text && text.AsSpan().ContainsAny('.', 'E') => text,
        _ => value.ToString("R", CultureInfo.InvariantCulture) + ".0",
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                '\r' => quoted.Append("\\r"),
                _ when char.IsControl(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
