using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ocid.Images.Manifests;

/// <summary>JSON as Go's encoder writes it: compact, with its choice of escapes.</summary>
/// <remarks>https://pkg.go.dev/encoding/json#Marshal</remarks>
internal sealed class GoJson
{
    private readonly StringBuilder _text = new();

    public byte[] ToArray() => Encoding.UTF8.GetBytes(_text.ToString());

    public void Object(IEnumerable<(string Name, Action<GoJson> Write)> members)
    {
        var separator = '{';
        foreach (var (name, write) in members)
        {
            _text.Append(separator);
            Text(name);
            _text.Append(':');
            write(this);
            separator = ',';
        }

        _text.Append(separator == '{' ? "{}" : "}");
    }

    public void Array<T>(IEnumerable<T> items, Action<GoJson, T> write)
    {
        var separator = '[';
        foreach (var item in items)
        {
            _text.Append(separator);
            write(this, item);
            separator = ',';
        }

        _text.Append(separator == '[' ? "[]" : "]");
    }

    public void True() => _text.Append("true");

    public void Text(string value)
    {
        _text.Append('"');
        foreach (var rune in value.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\b' => _text.Append("\\b"),
                '\f' => _text.Append("\\f"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                < ' ' or '<' or '>' or '&' or 0x2028 or 0x2029 => _text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => _text.Append(rune.ToString()),
            };
        }

        _text.Append('"');
    }

    /// <summary>A value as it was written, without the white space between its parts.</summary>
    public void Raw(JsonElement value)
    {
        var (inText, escaped) = (false, false);
        foreach (var c in value.GetRawText())
        {
            if (!inText && c is ' ' or '\t' or '\r' or '\n')
                continue;
            if (c is '<' or '>' or '&' or '\u2028' or '\u2029')
                _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                _text.Append(c);
            inText ^= c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
        }
    }
}
