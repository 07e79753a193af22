using System.Globalization;

namespace Ocid.Runtime.Cgroups;

// memory.stat, cpu.stat, memory.events: a name and a number a line.
internal sealed class FlatKeys
{
    private readonly Dictionary<string, ulong> _values = new(StringComparer.Ordinal);

    public ulong this[string name] => _values.GetValueOrDefault(name);

    public static FlatKeys Parse(string text)
    {
        var keys = new FlatKeys();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var space = line.IndexOf(' ');
            if (space > 0 && ulong.TryParse(line[(space + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                keys._values[line[..space].ToString()] = value;
        }

        return keys;
    }

    public ulong? Find(string name) => _values.TryGetValue(name, out var value) ? value : null;
}
