namespace Ocid.Toml.Parsing;

/// <summary>An array of tables (<c>[[name]]</c>) while its document is read.</summary>
internal sealed class TableArrayDraft(TomlPosition position)
{
    private readonly List<TableDraft> _tables = [];

    public TableDraft Last => _tables[^1];

    public void Add(TableDraft table) => _tables.Add(table);

    public TomlArray Finish() => new([.. _tables.Select(table => table.Finish())], position);
}
