namespace Ocid.Toml.Parsing;

/// <summary>The text, how far it is read, and where that is for a person.</summary>
internal sealed class Cursor
{
    public const int End = -1;

    private readonly string _text;
    private int _index;
    private int _line = 1;
    private int _column = 1;

    public Cursor(string text)
    {
        _text = text;
        if (text.StartsWith('\uFEFF'))
            _index = 1;
    }

    public TomlPosition Position => new(_line, _column);

    public int Peek(int ahead = 0) => _index + ahead < _text.Length ? _text[_index + ahead] : End;

    public bool At(string literal) => string.CompareOrdinal(_text, _index, literal, 0, literal.Length) == 0;

    public int Next()
    {
        var c = Peek();
        if (c == End)
            return End;

        _index++;
        if (c == '\n')
            (_line, _column) = (_line + 1, 1);
        else if (!char.IsLowSurrogate((char)c))
            _column++;
        return c;
    }

    public bool TryTake(string literal)
    {
        if (!At(literal))
            return false;

        for (var i = 0; i < literal.Length; i++)
            Next();
        return true;
    }

    public bool TryTakeNewline() => TryTake("\n") || TryTake("\r\n");

    public string TakeWhile(Func<char, bool> wanted)
    {
        var start = _index;
        while (Peek() is var c && c != End && wanted((char)c))
            Next();
        return _text[start.._index];
    }

    public void SkipBlanks()
    {
        while (Peek() is ' ' or '\t')
            Next();
    }

    /// <summary>Blanks, then a comment if there is one; stands before the line's end afterwards.</summary>
    public void SkipBlanksAndComment()
    {
        SkipBlanks();
        if (Peek() != '#')
            return;

        while (Peek() is not (End or '\n') && !At("\r\n"))
            TakeText("a comment");
    }

    /// <summary>Blanks, comments and line ends.</summary>
    public void SkipLines()
    {
        do
            SkipBlanksAndComment();
        while (TryTakeNewline());
    }

    /// <summary>One character of a comment or string, which may be no control character but tab, and no half of a surrogate pair.</summary>
    public char TakeText(string where)
    {
        var c = (char)Peek();
        if (c is < ' ' and not '\t' or '\u007f')
            throw Fail($"{Found()} may not stand in {where}");
        if (char.IsLowSurrogate(c) && (_index == 0 || !char.IsHighSurrogate(_text[_index - 1])))
            throw Fail("half of a surrogate pair");
        if (char.IsHighSurrogate(c) && (Peek(1) is var low && (low == End || !char.IsLowSurrogate((char)low))))
            throw Fail("half of a surrogate pair");
        return (char)Next();
    }

    public TomlException Fail(string reason) => new(Position, reason);

    /// <summary>What stands here, for a message.</summary>
    public string Found() => Peek() switch
    {
        End => "the end of the document",
        '\n' => "the end of the line",
        '\r' => Peek(1) == '\n' ? "the end of the line" : "a carriage return without a line feed",
        var c when c is < ' ' or (>= 0x7f and < 0xa0) => $"control character U+{c:X4}",
        var c when char.IsHighSurrogate((char)c) && Peek(1) is var low && low != End && char.IsLowSurrogate((char)low) => $"'{(char)c}{(char)low}'",
        var c when char.IsSurrogate((char)c) => "half of a surrogate pair",
        var c => $"'{(char)c}'",
    };
}
