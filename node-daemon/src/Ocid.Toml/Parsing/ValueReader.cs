namespace Ocid.Toml.Parsing;

/// <summary>Reads values; arrays and inline tables recurse, to the depth allowed.</summary>
internal sealed class ValueReader(Cursor cursor, TomlLimits limits)
{
    /// <param name="depth">How deep the value would stand.</param>
    public TomlValue Read(int depth) => cursor.Peek() switch
    {
        '"' or '\'' => ReadString(),
        '[' => ReadArray(depth),
        '{' => ReadInlineTable(depth).Finish(),
        _ => ScalarReader.Read(cursor),
    };

    public void CheckDepth(int depth, TomlPosition position)
    {
        if (depth > limits.Depth)
            throw new TomlException(position, $"tables and arrays nest deeper than {limits.Depth} levels");
    }

    /// <summary>Reads <c>key = value</c> into a section, through the tables that a dotted key names.</summary>
    public void ReadPair(TableDraft section)
    {
        var path = KeyReader.Read(cursor);
        if (!cursor.TryTake("="))
            throw cursor.Fail($"expected '=' after key {KeyReader.Join(path)}, found {cursor.Found()}");

        cursor.SkipBlanks();
        var table = section;
        for (var i = 0; i < path.Count - 1; i++)
            table = DottedTable(section, table, path, i);

        var key = path[^1];
        if (table.Find(key.Text) is not null)
            throw new TomlException(key.Position, $"{KeyReader.Join(path)} is defined already, at {table.PositionOf(key.Text)}");
        table.Add(key, Read(table.Depth + 1));
    }

    private TableDraft DottedTable(TableDraft section, TableDraft parent, List<Key> path, int index)
    {
        var key = path[index];
        switch (parent.Find(key.Text))
        {
            case null:
                CheckDepth(parent.Depth + 1, key.Position);
                var created = new TableDraft(TableOrigin.Dotted, section, parent.Depth + 1, key.Position);
                parent.Add(key, created);
                return created;
            case TableDraft { Origin: TableOrigin.Implied } implied:
                (implied.Origin, implied.Section) = (TableOrigin.Dotted, section);
                return implied;
            case TableDraft { Origin: TableOrigin.Dotted } dotted when dotted.Section == section:
                return dotted;
            default:
                throw new TomlException(key.Position, $"{KeyReader.Join(path.Take(index + 1))} is defined already, at {parent.PositionOf(key.Text)}, and cannot be added to here");
        }
    }

    private TomlString ReadString()
    {
        var position = cursor.Position;
        return new TomlString(TextReader.Read(cursor), position);
    }

    private TomlArray ReadArray(int depth)
    {
        var position = cursor.Position;
        CheckDepth(depth, position);
        cursor.Next();
        var items = new List<TomlValue>();
        cursor.SkipLines();
        while (!cursor.TryTake("]"))
        {
            items.Add(Read(depth + 1));
            cursor.SkipLines();
            if (!cursor.TryTake(",") && cursor.Peek() != ']')
                throw cursor.Fail($"expected ',' or ']' in the array that begins at {position}, found {cursor.Found()}");
            cursor.SkipLines();
        }

        return new TomlArray(items, position);
    }

    private TableDraft ReadInlineTable(int depth)
    {
        var position = cursor.Position;
        CheckDepth(depth, position);
        cursor.Next();
        var table = new TableDraft(TableOrigin.Inline, null, depth, position);
        cursor.SkipBlanks();
        if (cursor.TryTake("}"))
            return table;

        do
        {
            cursor.SkipBlanks();
            if (cursor.Peek() == '}')
                throw cursor.Fail("an inline table may not end with a comma");
            ReadPair(table);
            cursor.SkipBlanks();
        }
        while (cursor.TryTake(","));

        return cursor.TryTake("}") ? table : throw cursor.Fail($"expected ',' or '}}' in the inline table that begins at {position}, found {cursor.Found()}");
    }
}
