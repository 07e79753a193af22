using System.Globalization;
using System.Text.RegularExpressions;
using Ocid.Primitives;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ocid.Daemon.Manifests;

/// <summary>
/// Reads a mapping's fields in their kinds and remembers what was asked for: what nobody asked for would silently not happen,
/// and is refused.
/// </summary>
internal sealed partial class Fields(YamlMappingNode mapping, string path, ManifestErrors errors)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Path => path;

    /// <summary>Fields that mean nothing to a pod that is run by hand.</summary>
    public void Ignore(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            _known.Add(key);
    }

    /// <summary>Refuses every field that was neither read nor ignored.</summary>
    public void RefuseTheRest()
    {
        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? key.ToString();
            if (!_known.Contains(name) && !IsNull(value))
                errors.Add(key.Start, Of(name), "is not supported by `ocid run`");
        }
    }

    public void Fail(string key, string reason) => errors.Add(Find(key)?.Start ?? mapping.Start, Of(key), reason);

    public bool Has(string key) => Find(key) is not null;

    public string RequiredText(string key)
    {
        if (Text(key) is { Length: > 0 } text)
            return text;

        if (Find(key) is null or YamlScalarNode)
            Fail(key, "is required");
        return "";
    }

    public string? Text(string key) => Find(key) is { } node ? TextOf(node, Of(key)) : null;

    public bool Flag(string key, bool otherwise = false) => OptionalFlag(key) ?? otherwise;

    public bool? OptionalFlag(string key) => Find(key) switch
    {
        null => null,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" } => true,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "false" } => false,
        var other => Wrong<bool?>(other, Of(key), "want true or false"),
    };

    public long? Whole(string key, long least = 0, long most = long.MaxValue)
    {
        if (Find(key) is not { } node)
            return null;
        if (node is YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        return Wrong<long?>(node, Of(key), most == long.MaxValue ? $"want a whole number from {least}" : $"want a whole number from {least} to {most}");
    }

    public string Choice(string key, string otherwise, params ReadOnlySpan<string> choices)
    {
        var text = Text(key) ?? otherwise;
        if (text == otherwise || choices.Contains(text))
            return text;

        IEnumerable<string> wanted = [otherwise, .. choices];
        Fail(key, $"want {string.Join(", ", wanted.Where(choice => choice.Length > 0).Distinct())}, found {Quoted.Text(text)}");
        return otherwise;
    }

    /// <summary>A quantity, which is a string or a number.</summary>
    public Quantity? Quantity(string key)
    {
        if (Find(key) is not { } node)
            return null;
        if (node is YamlScalarNode { Value: { } text } && Manifests.Quantity.TryParse(text, out var quantity))
            return quantity;
        return Wrong<Quantity?>(node, Of(key), "want a quantity such as 500m or 64Mi");
    }

    public IReadOnlyList<string> Texts(string key) => [.. Items(key).Select(item => TextOf(item.Node, item.Path) ?? "")];

    public IReadOnlyList<long> WholeNumbers(string key) =>
    [
        .. Items(key).Select(item => item.Node is YamlScalarNode { Value: var text } && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : Wrong<long>(item.Node, item.Path, "want a whole number")),
    ];

    public IReadOnlyDictionary<string, string> TextMap(string key)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (MappingNode(Find(key), Of(key)) is { } node)
        {
            foreach (var (name, value) in node.Children)
                texts[name.ToString()] = TextOf(value, $"{Of(key)}.{name}") ?? "";
        }

        return texts;
    }

    /// <summary>The fields of a mapping; null when it is absent.</summary>
    public Fields? Mapping(string key) => MappingNode(Find(key), Of(key)) is { } node ? new Fields(node, Of(key), errors) : null;

    /// <summary>The fields of each mapping of a sequence.</summary>
    public IReadOnlyList<Fields> Mappings(string key) =>
    [
        .. Items(key).Select(item => (Node: MappingNode(item.Node, item.Path), item.Path)).Where(item => item.Node is not null).Select(item => new Fields(item.Node!, item.Path, errors)),
    ];

    private static bool IsNull(YamlNode node) => node is YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" or null };

    private YamlNode? Find(string key)
    {
        _known.Add(key);
        return mapping.Children.TryGetValue(new YamlScalarNode(key), out var node) && !IsNull(node) ? node : null;
    }

    private IEnumerable<(YamlNode Node, string Path)> Items(string key)
    {
        var node = Find(key);
        if (node is null or YamlSequenceNode)
            return (node as YamlSequenceNode)?.Children.Select((item, index) => (item, $"{Of(key)}[{index}]")) ?? [];

        errors.Add(node.Start, Of(key), "want a list");
        return [];
    }

    private YamlMappingNode? MappingNode(YamlNode? node, string where) => node switch
    {
        null => null,
        YamlMappingNode found => found,
        _ => Wrong<YamlMappingNode?>(node, where, "want a mapping"),
    };

    // What kubectl would refuse is refused here too: the manifest must mean the same in a cluster.
    private string? TextOf(YamlNode node, string where) => node switch
    {
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var text } when NotText().IsMatch(text!) => Wrong<string?>(node, where, $"want a string: quote {text}"),
        YamlScalarNode { Value: var text } => text,
        _ => Wrong<string?>(node, where, "want a string"),
    };

    private T? Wrong<T>(YamlNode node, string where, string reason)
    {
        errors.Add(node.Start, where, reason);
        return default;
    }

    private string Of(string key) => path.Length == 0 ? key : $"{path}.{key}";

    [GeneratedRegex(@"^([+-]?(0x[0-9a-fA-F]+|0o?[0-7]+|[0-9][0-9_]*(\.[0-9]*)?([eE][+-]?[0-9]+)?|\.[0-9]+)|[+-]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|true|True|TRUE|false|False|FALSE|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex NotText();
}
