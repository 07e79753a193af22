using System.Globalization;
using System.Text;

namespace Ocid.Toml.Parsing;

/// <summary>Reads the four notations of strings.</summary>
internal static class TextReader
{
    public static string Read(Cursor cursor)
    {
        var start = cursor.Position;
        if (cursor.TryTake("\"\"\""))
            return ReadLines(cursor, start, '"');
        if (cursor.TryTake("'''"))
            return ReadLines(cursor, start, '\'');

        return ReadLine(cursor, start, (char)cursor.Next());
    }

    private static string ReadLine(Cursor cursor, TomlPosition start, char quote)
    {
        var text = new StringBuilder();
        while (true)
        {
            switch (cursor.Peek())
            {
                case Cursor.End or '\n' or '\r':
                    throw new TomlException(start, "the string is not closed on its line");
                case '\\' when quote == '"':
                    ReadEscape(cursor, text);
                    break;
                case var c when c == quote:
                    cursor.Next();
                    return text.ToString();
                default:
                    text.Append(cursor.TakeText("a string"));
                    break;
            }
        }
    }

    private static string ReadLines(Cursor cursor, TomlPosition start, char quote)
    {
        var text = new StringBuilder();
        cursor.TryTakeNewline();
        while (true)
        {
            if (cursor.Peek() == Cursor.End)
                throw new TomlException(start, "the multi-line string is not closed");
            if (cursor.Peek() == quote)
            {
                if (ReadQuotes(cursor, text, quote))
                    return text.ToString();
            }
            else if (cursor.TryTakeNewline())
                text.Append('\n');
            else if (quote == '"' && cursor.Peek() == '\\')
                ReadEscapeOrContinuation(cursor, text);
            else
                text.Append(cursor.TakeText("a multi-line string"));
        }
    }

    // One or two quotes are content, also right before the three that close: a run is of five at most.
    private static bool ReadQuotes(Cursor cursor, StringBuilder text, char quote)
    {
        var run = 0;
        while (run < 5 && cursor.Peek() == quote)
        {
            cursor.Next();
            run++;
        }

        var closes = run >= 3;
        text.Append(quote, closes ? run - 3 : run);
        return closes;
    }

    private static void ReadEscapeOrContinuation(Cursor cursor, StringBuilder text)
    {
        if (cursor.Peek(1) is not (' ' or '\t' or '\r' or '\n'))
        {
            ReadEscape(cursor, text);
            return;
        }

        var backslash = cursor.Position;
        cursor.Next();
        cursor.SkipBlanks();
        if (!cursor.TryTakeNewline())
            throw new TomlException(backslash, "a backslash before blanks must end its line");

        do
            cursor.SkipBlanks();
        while (cursor.TryTakeNewline());
    }

    private static void ReadEscape(Cursor cursor, StringBuilder text)
    {
        var backslash = cursor.Position;
        cursor.Next();
        switch (cursor.Peek())
        {
            case 'b': text.Append('\b'); break;
            case 't': text.Append('\t'); break;
            case 'n': text.Append('\n'); break;
            case 'f': text.Append('\f'); break;
            case 'r': text.Append('\r'); break;
            case '"': text.Append('"'); break;
            case '\\': text.Append('\\'); break;
            case 'u': text.Append(ReadScalar(cursor, backslash, 4)); break;
            case 'U': text.Append(ReadScalar(cursor, backslash, 8)); break;
            default: throw new TomlException(backslash, $"unknown escape: backslash and {cursor.Found()} (a literal string, in single quotes, has no escapes)");
        }

        cursor.Next();
    }

    private static string ReadScalar(Cursor cursor, TomlPosition backslash, int digits)
    {
        var value = 0u;
        for (var i = 0; i < digits; i++)
        {
            cursor.Next();
            var c = cursor.Peek();
            if (c == Cursor.End || !char.IsAsciiHexDigit((char)c))
                throw new TomlException(backslash, $"a unicode escape needs {digits} hexadecimal digits");
            value = (value << 4) + uint.Parse([(char)c], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return Rune.TryCreate(value, out var rune) ? rune.ToString() : throw new TomlException(backslash, $"U+{value:X4} is no unicode character");
    }
}
