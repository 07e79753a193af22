namespace Ocid.Toml.Parsing;

/// <summary>Reads lines: headers, pairs, comments. Holds the rules of who may define which table, once.</summary>
internal sealed class DocumentReader(Cursor cursor, TomlLimits limits)
{
    private readonly ValueReader _values = new(cursor, limits);
    private readonly TableDraft _root = new(TableOrigin.Header, null, 0, new TomlPosition(1, 1));

    public TomlTable Read()
    {
        var section = _root;
        cursor.SkipLines();
        while (cursor.Peek() != Cursor.End)
        {
            if (cursor.Peek() == '[')
                section = ReadHeader();
            else
                _values.ReadPair(section);

            cursor.SkipBlanksAndComment();
            if (cursor.Peek() != Cursor.End && !cursor.TryTakeNewline())
                throw cursor.Fail($"expected the end of the line, found {cursor.Found()}");
            cursor.SkipLines();
        }

        return _root.Finish();
    }

    private TableDraft ReadHeader()
    {
        var position = cursor.Position;
        var isArray = cursor.TryTake("[[");
        if (!isArray)
            cursor.Next();

        var path = KeyReader.Read(cursor);
        var close = isArray ? "]]" : "]";
        if (!cursor.TryTake(close))
            throw cursor.Fail($"expected '{close}' after {KeyReader.Join(path)}, found {cursor.Found()}");

        var parent = _root;
        for (var i = 0; i < path.Count - 1; i++)
            parent = Descend(parent, path, i);
        return isArray ? Append(parent, path, position) : Define(parent, path, position);
    }

    private TableDraft Descend(TableDraft parent, List<Key> path, int index)
    {
        var key = path[index];
        switch (parent.Find(key.Text))
        {
            case null:
                var implied = NewTable(TableOrigin.Implied, parent.Depth + 1, key.Position);
                parent.Add(key, implied);
                return implied;
            case TableDraft table:
                return table;
            case TableArrayDraft array:
                return array.Last;
            default:
                throw new TomlException(key.Position, $"{KeyReader.Join(path.Take(index + 1))} is a finished value, defined at {parent.PositionOf(key.Text)}, and takes no sub-table");
        }
    }

    private TableDraft Define(TableDraft parent, List<Key> path, TomlPosition position)
    {
        var key = path[^1];
        switch (parent.Find(key.Text))
        {
            case null:
                var table = NewTable(TableOrigin.Header, parent.Depth + 1, position);
                parent.Add(key, table);
                return table;
            case TableDraft { Origin: TableOrigin.Implied } implied:
                (implied.Origin, implied.Position) = (TableOrigin.Header, position);
                return implied;
            default:
                throw new TomlException(key.Position, $"{KeyReader.Join(path)} is defined already, at {parent.PositionOf(key.Text)}");
        }
    }

    private TableDraft Append(TableDraft parent, List<Key> path, TomlPosition position)
    {
        var key = path[^1];
        var array = parent.Find(key.Text) as TableArrayDraft;
        if (array is null)
        {
            if (parent.Find(key.Text) is not null)
                throw new TomlException(key.Position, $"{KeyReader.Join(path)} is defined already, at {parent.PositionOf(key.Text)}, and is no array of tables");
            array = new TableArrayDraft(position);
            parent.Add(key, array);
        }

        // The array is a level of its own, as it is in brackets.
        var table = NewTable(TableOrigin.Header, parent.Depth + 2, position);
        array.Add(table);
        return table;
    }

    private TableDraft NewTable(TableOrigin origin, int depth, TomlPosition position)
    {
        _values.CheckDepth(depth, position);
        return new TableDraft(origin, null, depth, position);
    }
}
