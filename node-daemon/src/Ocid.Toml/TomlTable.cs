namespace Ocid.Toml;

/// <summary>
/// A table, in the order of the document. The typed readers answer null for an absent key and throw
/// <see cref="TomlException"/>, naming key and position, for a value of another kind.
/// </summary>
public sealed class TomlTable : TomlValue
{
    private readonly OrderedDictionary<string, TomlEntry> _entries;

    /// <summary>A table of these entries.</summary>
    /// <exception cref="ArgumentException">Two entries have one key.</exception>
    public TomlTable(IEnumerable<TomlEntry> entries, TomlPosition position = default)
        : base(position)
    {
        _entries = new OrderedDictionary<string, TomlEntry>(StringComparer.Ordinal);
        foreach (var entry in entries)
            _entries.Add(entry.Key, entry);
    }

    /// <summary>The keys and values, in the order of the document.</summary>
    public IReadOnlyList<TomlEntry> Entries => _entries.Values;

    /// <inheritdoc/>
    public override string Kind => "a table";

    /// <summary>The value of a key, of any kind; null when the key is absent.</summary>
    public TomlValue? this[string key] => _entries.TryGetValue(key, out var entry) ? entry.Value : null;

    /// <summary>The string at a key.</summary>
    public string? String(string key) => Find<TomlString>(key, "a string")?.Value;

    /// <summary>The integer at a key.</summary>
    public long? Integer(string key) => Find<TomlInteger>(key, "an integer")?.Value;

    /// <summary>The boolean at a key.</summary>
    public bool? Boolean(string key) => Find<TomlBoolean>(key, "a boolean")?.Value;

    /// <summary>The table at a key.</summary>
    public TomlTable? Table(string key) => Find<TomlTable>(key, "a table");

    /// <summary>The array of strings at a key.</summary>
    public IReadOnlyList<string>? Strings(string key) => Items<TomlString>(key, "an array of strings")?.ConvertAll(item => item.Value);

    /// <summary>The array of tables at a key.</summary>
    public IReadOnlyList<TomlTable>? Tables(string key) => Items<TomlTable>(key, "an array of tables");

    private T? Find<T>(string key, string wanted)
        where T : TomlValue =>
        this[key] switch
        {
            null => null,
            T found => found,
            var other => throw Mismatch(key, wanted, other),
        };

    private List<T>? Items<T>(string key, string wanted)
        where T : TomlValue =>
        Find<TomlArray>(key, wanted)?.Select(item => item as T ?? throw Mismatch(key, wanted, item)).ToList();

    private static TomlException Mismatch(string key, string wanted, TomlValue found) =>
        new(found.Position, $"{TomlWriter.Key(key)}: want {wanted}, found {found.Kind}");
}
