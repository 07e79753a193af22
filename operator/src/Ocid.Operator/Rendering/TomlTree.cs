using Ocid.Toml;

namespace Ocid.Operator.Rendering;

/// <summary>A TOML document made of keys with their paths.</summary>
internal sealed class TomlTree
{
    private readonly SortedDictionary<string, object> _members = new(StringComparer.Ordinal);

    public bool IsEmpty => _members.Count == 0;

    /// <summary>Sets a key.</summary>
    /// <param name="path">The names of the tables, and of the key.</param>
    /// <param name="value">Its value.</param>
    public void Set(ReadOnlySpan<string> path, TomlValue value)
    {
        if (path is [var name])
        {
            _members[name] = value;
            return;
        }

        if (!_members.TryGetValue(path[0], out var table))
            _members.Add(path[0], table = new TomlTree());
        ((TomlTree)table).Set(path[1..], value);
    }

    public string Write() => TomlWriter.Write(Table());

    private TomlTable Table() => new(_members.Select(member => new TomlEntry(member.Key, member.Value is TomlTree tree ? tree.Table() : (TomlValue)member.Value)));
}
