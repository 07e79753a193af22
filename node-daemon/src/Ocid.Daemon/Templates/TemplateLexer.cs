using System.Text;

namespace Ocid.Daemon.Templates;

/// <summary>Takes a template apart.</summary>
internal sealed class TemplateLexer
{
    private readonly string _text;
    private readonly List<TemplateToken> _tokens = [];
    private int _at;
    private bool _trim;

    private TemplateLexer(string text) => _text = text;

    public static IReadOnlyList<TemplateToken> Read(string text)
    {
        var lexer = new TemplateLexer(text);
        lexer.ReadAll();
        return lexer._tokens;
    }

    private void ReadAll()
    {
        while (_at < _text.Length)
        {
            var open = _text.IndexOf("{{", _at, StringComparison.Ordinal);
            ReadLiteral(open < 0 ? _text.Length : open);
            if (open >= 0)
                ReadAction();
        }

        Add(TemplateTokenKind.End, "", _at);
    }

    // {{- takes the white space before it away, -}} that behind it.
    private void ReadLiteral(int end)
    {
        var literal = _text[_at..end];
        if (_trim)
            literal = literal.TrimStart();
        if (Has(end, "{{- ") || Has(end, "{{-\t") || Has(end, "{{-\n"))
            literal = literal.TrimEnd();
        if (literal.Length > 0)
            Add(TemplateTokenKind.Literal, Unescape(literal), _at);
        (_at, _trim) = (end, false);
    }

    private void ReadAction()
    {
        var start = _at;
        _at += Has(_at, "{{-") ? 3 : 2;
        if (Has(_at, "/*") || Has(_at, " /*"))
        {
            var end = _text.IndexOf("*/", _at, StringComparison.Ordinal);
            if (end < 0)
                throw GoTemplate.Wrong($"column {start + 1}: this comment has no end");
            _at = end + 2;
            if (!Closes())
                throw GoTemplate.Wrong($"column {_at + 1}: want }}}} behind the comment");
            return;
        }

        Add(TemplateTokenKind.Open, "{{", start);
        while (!Closes())
        {
            if (_at == _text.Length)
                throw GoTemplate.Wrong($"column {start + 1}: this {{{{ has no }}}}");
            if (char.IsWhiteSpace(_text[_at]))
                _at++;
            else
                ReadToken();
        }

        Add(TemplateTokenKind.Close, "}}", _at - 2);
    }

    private bool Closes()
    {
        var trimmed = Has(_at, " -}}") || Has(_at, "\t-}}") || Has(_at, "\n-}}");
        if (!trimmed && !Has(_at, "}}"))
            return false;
        (_at, _trim) = (_at + (trimmed ? 4 : 2), trimmed);
        return true;
    }

    private void ReadToken()
    {
        var start = _at;
        switch (_text[_at])
        {
            case '"':
                ReadString();
                break;
            case '`':
                var end = _text.IndexOf('`', _at + 1);
                if (end < 0)
                    throw GoTemplate.Wrong($"column {start + 1}: this string has no end");
                Add(TemplateTokenKind.String, _text[(_at + 1)..end], start);
                _at = end + 1;
                break;
            case '.' when IsNameAt(_at + 1):
                Add(TemplateTokenKind.Field, Name(_at + 1), start);
                break;
            case '.':
                _at++;
                Add(TemplateTokenKind.Dot, ".", start);
                break;
            case '$':
                Add(TemplateTokenKind.Variable, Name(_at + 1), start);
                break;
            case '|' or '(' or ')' or ',' or '=':
                Add(TemplateTokenKind.Mark, _text[_at++].ToString(), start);
                break;
            case ':' when Has(_at, ":="):
                _at += 2;
                Add(TemplateTokenKind.Mark, ":=", start);
                break;
            case (>= '0' and <= '9') or '-':
                _at++;
                while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
                    _at++;
                Add(TemplateTokenKind.Number, _text[start.._at], start);
                break;
            case var _ when IsNameAt(_at):
                Add(TemplateTokenKind.Name, Name(_at), start);
                break;
            default:
                throw GoTemplate.Wrong($"column {start + 1}: {_text[start]} is not understood");
        }
    }

    private void ReadString()
    {
        var (start, content) = (_at, new StringBuilder());
        for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
        {
            if (_text[_at] != '\\' || _at + 1 == _text.Length)
            {
                content.Append(_text[_at]);
                continue;
            }

            content.Append(_text[++_at] switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                '"' => '"',
                '\\' => '\\',
                var other => throw GoTemplate.Wrong($"column {_at}: \\{other} is not understood; there are \\n, \\t, \\r, \\\" and \\\\"),
            });
        }

        if (_at == _text.Length)
            throw GoTemplate.Wrong($"column {start + 1}: this string has no end");
        _at++;
        Add(TemplateTokenKind.String, content.ToString(), start);
    }

    // Shells pass \n and \t on as they are: outside of actions podman reads them as what they mean.
    private static string Unescape(string literal) => literal.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal);

    private bool Has(int at, string part) => string.CompareOrdinal(_text, at, part, 0, part.Length) == 0;

    private bool IsNameAt(int at) => at < _text.Length && (char.IsLetter(_text[at]) || _text[at] == '_');

    private string Name(int start)
    {
        for (_at = start; _at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'); _at++)
        {
        }

        return _text[start.._at];
    }

    private void Add(TemplateTokenKind kind, string text, int start) =>
        _tokens.Add(new TemplateToken(kind, text, start + 1, start > 0 && start <= _text.Length && !char.IsWhiteSpace(_text[start - 1])));
}
