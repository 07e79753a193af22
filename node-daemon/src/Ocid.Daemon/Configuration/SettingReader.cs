using System.Globalization;
using System.Net;
using Ocid.Primitives;
using Ocid.Toml;

namespace Ocid.Daemon.Configuration;

/// <summary>Reads keys in their kinds, remembers what was asked for, and collects every error instead of stopping at the first.</summary>
internal sealed class SettingReader(Mentions mentions)
{
    // sun_path holds 108 bytes with the final zero: unix(7).
    private const int LongestSocketPath = 107;

    private readonly OrderedDictionary<string, Setting> _settings = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tables = new(StringComparer.Ordinal);
    private readonly List<string> _errors = [];

    public IReadOnlyList<Setting> Settings => _settings.Values;

    public IReadOnlyList<string> Errors => _errors;

    public string Text(string path, string otherwise, string description) =>
        Read(path, otherwise, text => new TomlString(text), value => Want<TomlString>(value, "a string").Value, description);

    public string Directory(string path, string otherwise, string description) =>
        Read(path, otherwise, text => new TomlString(text), AbsolutePath, description);

    /// <summary>A path; empty in the file is none.</summary>
    public string? OptionalFile(string path, string description) =>
        Read<string?>(path, null, text => new TomlString(text ?? ""), value => Want<TomlString>(value, "a string").Value.Length == 0 ? null : AbsolutePath(value), description);

    public string Socket(string path, string otherwise, string description) =>
        Read(path, otherwise, text => new TomlString(text), SocketPath, description);

    public IReadOnlyList<string> Texts(string path, IReadOnlyList<string> otherwise, string description) =>
        Read(path, otherwise, List, value => Items(value, item => Want<TomlString>(item, "a string").Value), description);

    public IReadOnlyList<string> Directories(string path, IReadOnlyList<string> otherwise, string description) =>
        Read(path, otherwise, List, value => Items(value, AbsolutePath), description);

    public bool Flag(string path, string description) =>
        Read(path, false, flag => new TomlBoolean(flag), value => Want<TomlBoolean>(value, "true or false").Value, description);

    /// <summary>A count; zero in the file is none.</summary>
    public long? Limit(string path, string description) =>
        Read(path, null, limit => new TomlInteger(limit ?? 0), value => Want<TomlInteger>(value, "an integer").Value switch
        {
            0 => (long?)null,
            > 0 and var limit => limit,
            _ => throw new TomlException(value.Position, "want a positive number, or 0 for no limit"),
        }, description);

    /// <summary>A time, as <c>90s</c>, <c>5m</c> or <c>1h</c>; zero is for ever.</summary>
    public TimeSpan Duration(string path, TimeSpan otherwise, string description) =>
        Read(path, otherwise, time => new TomlString($"{(long)time.TotalSeconds}s"), value =>
        {
            var text = Want<TomlString>(value, "a string").Value;
            var number = text is "0" ? "0s" : text;
            var unit = number.Length > 0 ? number[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 } : 0;
            return unit > 0 && int.TryParse(number.AsSpan(0, number.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? TimeSpan.FromSeconds((long)count * unit)
                : throw new TomlException(value.Position, $"want a time such as 90s, 5m or 1h, found {Quoted.Text(text)}");
        }, description);

    /// <summary>An address to listen at; empty in the file is none. With <paramref name="anyPort"/>, port 0 is one that is free.</summary>
    public IPEndPoint? Address(string path, IPEndPoint? otherwise, string description, bool anyPort = false) =>
        Read(path, otherwise, address => new TomlString(address?.ToString() ?? ""), value => Address(value, anyPort), description);

    public T Choice<T>(string path, T otherwise, IReadOnlyList<(string Name, T Value)> choices, string description) =>
        Read(path, otherwise, value => new TomlString(choices.First(choice => Equals(choice.Value, value)).Name), value =>
        {
            var name = Want<TomlString>(value, "a string").Value;
            return choices.Any(choice => choice.Name == name)
                ? choices.First(choice => choice.Name == name).Value
                : throw new TomlException(value.Position, $"want {string.Join(", ", choices.Select(choice => choice.Name))}, found {Quoted.Text(name)}");
        }, description);

    /// <summary>The names of the tables below a path, which is a known path from now on.</summary>
    public IReadOnlyList<string> Tables(string path)
    {
        _tables.Add(path);
        var names = mentions.TablesBelow(path).ToList();
        _tables.UnionWith(names.Select(name => $"{path}.{TomlWriter.Key(name)}"));
        return names;
    }

    /// <summary>Reports an error in the value of a key, wherever the value in force came from.</summary>
    public void Fail(string path, string reason) => _errors.Add($"{(mentions[path] is [.., var last] ? $"{last.Origin}: " : "")}{path}: {reason}");

    /// <summary>Reports every key that nobody asked for.</summary>
    public void RefuseTheRest()
    {
        var tables = _settings.Keys.Concat(_tables).SelectMany(Prefixes).ToHashSet(StringComparer.Ordinal);
        foreach (var path in mentions.Paths.Where(path => !_settings.ContainsKey(path)))
        {
            foreach (var mention in mentions[path])
            {
                if (tables.Contains(path) || _tables.Contains(path))
                {
                    if (mention.Value is not TomlTable)
                        _errors.Add($"{mention.Origin}: {path}: want a table, found {mention.Value.Kind}");
                }
                else if (!Prefixes(path).Any(prefix => _settings.ContainsKey(prefix) || IsUnknown(prefix, tables)))
                    _errors.Add($"{mention.Key}: unknown {(mention.Value is TomlTable ? "table" : "key")} {path}{Suggest(path, mention.Value, tables)}");
            }
        }
    }

    private bool IsUnknown(string path, HashSet<string> tables) => !tables.Contains(path) && !_tables.Contains(path);

    private string Suggest(string path, TomlValue value, HashSet<string> tables) =>
        Spelling.Nearest(path, value is TomlTable ? tables.Concat(_tables) : _settings.Keys) is { } nearest ? $" (did you mean {nearest}?)" : "";

    private static IEnumerable<string> Prefixes(string path)
    {
        for (var dot = path.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = path.IndexOf('.', dot + 1))
            yield return path[..dot];
    }

    private T Read<T>(string path, T otherwise, Func<T, TomlValue> show, Func<TomlValue, T> parse, string description)
    {
        var result = otherwise;
        Origin? origin = null;
        foreach (var mention in mentions[path])
        {
            try
            {
                (result, origin) = (parse(mention.Value), mention.Origin);
            }
            catch (TomlException failure) // every mention is checked, also one that a stronger file overrides
            {
                _errors.Add($"{mention.Origin with { Position = failure.Position }}: {path}: {failure.Reason}");
            }
        }

        var dot = path.LastIndexOf('.');
        _settings.Add(path, new Setting(dot < 0 ? "" : path[..dot], path[(dot + 1)..], description, show(otherwise), show(result), origin));
        return result;
    }

    private static TomlArray List(IReadOnlyList<string> items) => new([.. items.Select(item => new TomlString(item))]);

    private static T Want<T>(TomlValue value, string kind)
        where T : TomlValue => value as T ?? throw new TomlException(value.Position, $"want {kind}, found {value.Kind}");

    private static IReadOnlyList<string> Items(TomlValue value, Func<TomlValue, string> item) => [.. Want<TomlArray>(value, "an array of strings").Select(item)];

    private static string AbsolutePath(TomlValue value)
    {
        var text = Want<TomlString>(value, "a string").Value;
        return text.StartsWith('/') && !text.Contains('\0', StringComparison.Ordinal)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(text))
            : throw new TomlException(value.Position, $"want an absolute path, found {Quoted.Text(text)}");
    }

    private static string SocketPath(TomlValue value)
    {
        const string Scheme = "unix://";
        var text = Want<TomlString>(value, "a string").Value;
        var path = AbsolutePath(new TomlString(text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..] : text, value.Position));
        return System.Text.Encoding.UTF8.GetByteCount(path) <= LongestSocketPath
            ? path
            : throw new TomlException(value.Position, $"a socket's path has at most {LongestSocketPath} bytes");
    }

    private static IPEndPoint? Address(TomlValue value, bool anyPort)
    {
        var text = Want<TomlString>(value, "a string").Value;
        if (text.Length == 0)
            return null;

        var full = text.StartsWith(':') ? "0.0.0.0" + text : text;
        return IPEndPoint.TryParse(full, out var address) && (anyPort || address.Port != 0)
            ? address
            : throw new TomlException(value.Position, $"want address:port, :port, or nothing, found {Quoted.Text(text)}");
    }
}
