namespace Ocid.Toml.Parsing;

/// <summary>A table while its document is read. Members are drafts or finished values.</summary>
internal sealed class TableDraft(TableOrigin origin, TableDraft? section, int depth, TomlPosition position)
{
    private readonly OrderedDictionary<string, (object Value, TomlPosition Key)> _members = new(StringComparer.Ordinal);

    public TableOrigin Origin { get; set; } = origin;

    /// <summary>The section (a header's table, an inline table) whose dotted keys define this table.</summary>
    public TableDraft? Section { get; set; } = section;

    public int Depth { get; } = depth;

    public TomlPosition Position { get; set; } = position;

    public object? Find(string key) => _members.TryGetValue(key, out var member) ? member.Value : null;

    public TomlPosition PositionOf(string key) => _members[key].Key;

    public void Add(Key key, object value) => _members.Add(key.Text, (value, key.Position));

    public TomlTable Finish() => new(_members.Select(member => new TomlEntry(member.Key, Finish(member.Value.Value), member.Value.Key)), Position);

    private static TomlValue Finish(object member) => member switch
    {
        TableDraft table => table.Finish(),
        TableArrayDraft array => array.Finish(),
        _ => (TomlValue)member,
    };
}
