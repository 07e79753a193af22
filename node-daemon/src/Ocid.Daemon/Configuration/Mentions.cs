using Ocid.Toml;

namespace Ocid.Daemon.Configuration;

/// <summary>Every mention of every key, by dotted path, from the weakest source to the strongest.</summary>
internal sealed class Mentions
{
    private readonly OrderedDictionary<string, List<Mention>> _byPath = new(StringComparer.Ordinal);

    public IEnumerable<string> Paths => _byPath.Keys;

    public IReadOnlyList<Mention> this[string path] => _byPath.TryGetValue(path, out var mentions) ? mentions : [];

    /// <summary>Adds a file's content.</summary>
    public void Add(string source, TomlTable document) => Add(source, document, "");

    /// <summary>Adds one value, of a flag or of another program's file.</summary>
    public void Add(string path, TomlValue value, Origin origin) => Add(path, new Mention(value, origin, origin));

    /// <summary>The names that are tables directly below a path.</summary>
    public IEnumerable<string> TablesBelow(string path) =>
        this[path].Select(mention => mention.Value).OfType<TomlTable>()
            .SelectMany(table => table.Entries).Where(entry => entry.Value is TomlTable).Select(entry => entry.Key).Distinct();

    private void Add(string source, TomlTable table, string prefix)
    {
        foreach (var entry in table.Entries)
        {
            var path = prefix + TomlWriter.Key(entry.Key);
            Add(path, new Mention(entry.Value, new Origin(source, entry.KeyPosition), new Origin(source, entry.Value.Position)));
            if (entry.Value is TomlTable inner)
                Add(source, inner, path + ".");
        }
    }

    private void Add(string path, Mention mention)
    {
        if (!_byPath.TryGetValue(path, out var mentions))
            _byPath.Add(path, mentions = []);
        mentions.Add(mention);
    }
}
