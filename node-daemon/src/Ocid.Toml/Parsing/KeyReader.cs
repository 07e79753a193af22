namespace Ocid.Toml.Parsing;

/// <summary>Reads keys: bare, quoted, dotted.</summary>
internal static class KeyReader
{
    public static List<Key> Read(Cursor cursor)
    {
        var parts = new List<Key>();
        do
        {
            cursor.SkipBlanks();
            parts.Add(ReadPart(cursor));
            cursor.SkipBlanks();
        }
        while (cursor.TryTake("."));

        return parts;
    }

    public static string Join(IEnumerable<Key> parts) => string.Join('.', parts.Select(part => TomlWriter.Key(part.Text)));

    public static bool IsBare(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private static Key ReadPart(Cursor cursor)
    {
        var position = cursor.Position;
        if (cursor.At("\"\"\"") || cursor.At("'''"))
            throw cursor.Fail("a key cannot be a multi-line string");
        if (cursor.Peek() is '"' or '\'')
            return new Key(TextReader.Read(cursor), position);

        var bare = cursor.TakeWhile(IsBare);
        return bare.Length > 0 ? new Key(bare, position) : throw cursor.Fail($"expected a key, found {cursor.Found()}");
    }
}
