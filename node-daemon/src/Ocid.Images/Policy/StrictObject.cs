using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Images.Policy;

/// <summary>
/// A JSON object that decides about trust: each member is there once, is of its type and is asked for; anything else is an error that names
/// its path. What is merely ignored could be read in two ways by two programs.
/// </summary>
internal sealed class StrictObject
{
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    private StrictObject(JsonElement element, string path)
    {
        Path = path;
        if (element.ValueKind != JsonValueKind.Object)
            throw Wrong(path, $"want an object, not {Kind(element)}");
        foreach (var member in element.EnumerateObject())
        {
            var name = Unescaped(path, () => member.Name);
            if (!_members.TryAdd(name, member.Value))
                throw Wrong(path, $"member {Quoted.Text(name)} is there twice");
        }
    }

    /// <summary>Where in the document this is, for errors.</summary>
    public string Path { get; }

    public IReadOnlyCollection<string> Names => _members.Keys;

    /// <param name="json">The whole document.</param>
    /// <param name="what">What begins each path: a file, or what the text is.</param>
    /// <exception cref="OcidException">InvalidArgument: no JSON object.</exception>
    public static StrictObject Parse(ReadOnlyMemory<byte> json, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new StrictObject(document.RootElement.Clone(), what);
        }
        catch (JsonException malformed)
        {
            throw new OcidException(ErrorKind.InvalidArgument, $"{what.TrimEnd(' ', ':')}: line {malformed.LineNumber + 1}: no valid JSON", malformed);
        }
    }

    public static OcidException Wrong(string path, string reason) => new(ErrorKind.InvalidArgument, $"{path.TrimEnd(' ', ':')}: {reason}");

    public bool Has(string name) => _members.ContainsKey(name);

    public string Text(string name) => Text(Required(name), At(name));

    public IReadOnlyList<string> Texts(string name) => [.. Items(name).Select(item => Text(item.Element, item.Path))];

    public StrictObject Object(string name) => new(Required(name), At(name));

    public IReadOnlyList<StrictObject> Objects(string name) => [.. Items(name).Select(item => new StrictObject(item.Element, item.Path))];

    /// <summary>Any value; it counts as asked for.</summary>
    public JsonElement Value(string name) => Required(name);

    /// <summary>Accepts whatever is not asked for yet.</summary>
    public void IgnoreRest() => _taken.UnionWith(_members.Keys);

    /// <summary>Refuses what nobody asked for.</summary>
    public void End()
    {
        if (_members.Keys.FirstOrDefault(name => !_taken.Contains(name)) is { } unknown)
            throw Wrong(Path, $"unknown member {Quoted.Text(unknown)}");
    }

    private List<(JsonElement Element, string Path)> Items(string name)
    {
        var array = Required(name);
        return array.ValueKind == JsonValueKind.Array
            ? [.. array.EnumerateArray().Select((element, index) => (element, $"{At(name)}[{index}]"))]
            : throw Wrong(At(name), $"want an array, not {Kind(array)}");
    }

    private JsonElement Required(string name)
    {
        _taken.Add(name);
        return _members.TryGetValue(name, out var value) ? value : throw Wrong(Path, $"member {Quoted.Text(name)} is missing");
    }

    private string At(string name) => $"{Path}{(Path.EndsWith(' ') ? "" : ".")}{(IsPlain(name) ? name : Quoted.Text(name))}";

    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string Text(JsonElement element, string path) => element.ValueKind == JsonValueKind.String
        ? Unescaped(path, () => element.GetString()!)
        : throw Wrong(path, $"want a text, not {Kind(element)}");

    private static string Unescaped(string path, Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException) // half a surrogate pair, or bytes that are no UTF-8
        {
            throw Wrong(path, "a text that is no valid Unicode");
        }
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Null => "null",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Array => "an array",
        _ => "an object",
    };
}
