using System.Globalization;
using Ocid.Primitives;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ocid.Operator.Manifests;

/// <summary>Reads the fields of an object in their kinds, remembers what was asked for, and collects every error.</summary>
internal sealed class ManifestFields(YamlMappingNode mapping, string path, string file, List<ManifestError> errors)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>The fields' names.</summary>
    public IEnumerable<string> Names => mapping.Children.Keys.Select(NameOf);

    public bool Has(string key) => Find(key) is not null;

    public string? Text(string key) => Find(key) is { } node ? TextOf(node, Of(key)) : null;

    public string RequiredText(string key)
    {
        if (Text(key) is { Length: > 0 } text)
            return text;
        Fail(key, "is required");
        return "";
    }

    public bool Flag(string key) => Find(key) is { } node && (TextOf(node, Of(key)) switch
    {
        "true" => true,
        "false" => false,
        var other => Wrong<bool>(node, Of(key), $"want true or false, found {Quoted.Text(other)}"),
    });

    public long? Whole(string key, long least, long most) => Find(key) is not { } node ? null
        : long.TryParse(TextOf(node, Of(key)), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : Wrong<long?>(node, Of(key), $"want a whole number from {least} to {most}");

    /// <summary>One of an enumeration's names; null where the field is not there.</summary>
    public T? Choice<T>(string key)
        where T : struct, Enum
    {
        if (Find(key) is not { } node)
            return null;
        var text = TextOf(node, Of(key));
        return Enum.GetNames<T>().Contains(text) ? Enum.Parse<T>(text!) : Wrong<T?>(node, Of(key), $"want {string.Join(", ", Enum.GetNames<T>())}, found {Quoted.Text(text)}");
    }

    public IReadOnlyList<string>? Texts(string key) => Find(key) is null ? null : [.. Items(key).Select(item => TextOf(item.Node, item.Path) ?? "")];

    public Dictionary<string, string> TextMap(string key) =>
        Mapping(key) is { } map ? map.Names.ToDictionary(name => name, name => map.Text(name) ?? "", StringComparer.Ordinal) : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The fields of an object; null where it is not there.</summary>
    public ManifestFields? Mapping(string key) => Find(key) is { } node ? MappingOf(node, Of(key)) : null;

    public IReadOnlyList<ManifestFields> Mappings(string key) => [.. Items(key).Select(item => MappingOf(item.Node, item.Path)).OfType<ManifestFields>()];

    public void Fail(string key, string reason) => errors.Add(Line(Find(key) ?? mapping, Of(key), reason));

    /// <summary>Refuses every field that nobody asked for: it would silently do nothing.</summary>
    public void RefuseTheRest()
    {
        foreach (var (key, _) in mapping.Children.Where(child => !_known.Contains(NameOf(child.Key))))
            errors.Add(Line(key, Of(NameOf(key)), "unknown field"));
    }

    private static string NameOf(YamlNode key) => (key as YamlScalarNode)?.Value ?? key.ToString();

    private YamlNode? Find(string key)
    {
        _known.Add(key);
        return mapping.Children.TryGetValue(new YamlScalarNode(key), out var node) && node is not YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or null } ? node : null;
    }

    private IEnumerable<(YamlNode Node, string Path)> Items(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode list => list.Children.Select((item, index) => (item, $"{Of(key)}[{index}]")),
        var other => Wrong<IEnumerable<(YamlNode, string)>>(other, Of(key), "want a list") ?? [],
    };

    private ManifestFields? MappingOf(YamlNode node, string where) =>
        node is YamlMappingNode found ? new ManifestFields(found, where, file, errors) : Wrong<ManifestFields?>(node, where, "want an object");

    private string? TextOf(YamlNode node, string where) => node is YamlScalarNode { Value: { } text } ? text : Wrong<string?>(node, where, "want a single value");

    private T? Wrong<T>(YamlNode node, string where, string reason)
    {
        errors.Add(Line(node, where, reason));
        return default;
    }

    private ManifestError Line(YamlNode node, string where, string reason) => new($"{file}:{node.Start.Line}:{node.Start.Column}", where, reason);

    private string Of(string key) => path.Length == 0 ? key : $"{path}.{key}";
}
