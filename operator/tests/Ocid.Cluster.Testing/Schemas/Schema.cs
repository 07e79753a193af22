using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Ocid.Cluster.Testing.Schemas;

/// <summary>A structural schema, as far as the product's definitions use it.</summary>
/// <remarks>https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema</remarks>
internal sealed class Schema
{
    private string _type = "object";
    private Dictionary<string, Schema>? _properties;
    private Schema? _others;
    private Schema? _items;
    private string[] _required = [];
    private string[] _enum = [];
    private string[] _mapKeys = [];
    private string? _pattern;
    private JsonNode? _default;
    private (double? Least, double? Most) _number, _length, _count;

    public static Schema Read(YamlMappingNode yaml) => new()
    {
        _type = Text(yaml, "type") ?? "object",
        _properties = (Child(yaml, "properties") as YamlMappingNode)?.Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => Read((YamlMappingNode)pair.Value)),
        _others = Child(yaml, "additionalProperties") is YamlMappingNode others ? Read(others) : null,
        _items = Child(yaml, "items") is YamlMappingNode items ? Read(items) : null,
        _required = Texts(yaml, "required"),
        _enum = Texts(yaml, "enum"),
        _mapKeys = Texts(yaml, "x-kubernetes-list-map-keys"),
        _pattern = Text(yaml, "pattern"),
        _default = Child(yaml, "default") is { } value ? Json(value) : null,
        _number = (Number(yaml, "minimum"), Number(yaml, "maximum")),
        _length = (Number(yaml, "minLength"), Number(yaml, "maxLength")),
        _count = (Number(yaml, "minItems"), Number(yaml, "maxItems")),
    };

    /// <summary>Takes away what is unknown or null, and fills in defaults.</summary>
    public void Shape(JsonNode? json)
    {
        if (json is JsonArray list)
            foreach (var item in list)
                _items?.Shape(item);
        if (json is not JsonObject members || _properties is null && _others is null)
            return;

        foreach (var (name, value) in members.ToArray())
        {
            if (Member(name) is not { } schema || value is null)
                members.Remove(name);
            else
                schema.Shape(value);
        }

        foreach (var (name, schema) in _properties ?? [])
            if (schema._default is { } value && !members.ContainsKey(name))
                schema.Shape(members[name] = value.DeepClone());
    }

    /// <summary>What is not as it must be, each with its path.</summary>
    public IEnumerable<string> Wrong(JsonNode? json, string path) => json switch
    {
        JsonObject members when _type == "object" => WrongMembers(members, path),
        JsonArray items when _type == "array" => WrongItems(items, path),
        JsonValue value => WrongValue(value, path),
        _ => [$"{path}: Invalid value: must be of type {_type}"],
    };

    private Schema? Member(string name) => _properties?.GetValueOrDefault(name) ?? _others;

    private IEnumerable<string> WrongMembers(JsonObject members, string path) =>
        _required.Where(name => !members.ContainsKey(name)).Select(name => $"{Below(path, name)}: Required value")
            .Concat(members.SelectMany(member => Member(member.Key)?.Wrong(member.Value, Below(path, member.Key)) ?? []));

    private IEnumerable<string> WrongItems(JsonArray items, string path)
    {
        if (!Fits(items.Count, _count))
            yield return $"{path}: Too many: {items.Count}: must have {Bounds(_count)} items";
        if (_mapKeys.Length > 0 && items.GroupBy(item => string.Join('/', _mapKeys.Select(key => (string?)item?[key]))).FirstOrDefault(group => group.Count() > 1) is { } twice)
            yield return $"{path}: Duplicate value: {twice.Key}";
        for (var i = 0; i < items.Count; i++)
            foreach (var wrong in _items?.Wrong(items[i], $"{path}[{i}]") ?? [])
                yield return wrong;
    }

    private IEnumerable<string> WrongValue(JsonValue value, string path)
    {
        var text = value.ToString();
        var kind = value.GetValueKind();
        var isType = _type switch
        {
            "string" => kind is System.Text.Json.JsonValueKind.String,
            "boolean" => kind is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
            "integer" => kind is System.Text.Json.JsonValueKind.Number && long.TryParse(text, CultureInfo.InvariantCulture, out _),
            _ => false,
        };
        if (!isType)
            yield return $"{path}: Invalid value: \"{text}\": must be of type {_type}";
        else if (_enum.Length > 0 && !_enum.Contains(text))
            yield return $"{path}: Unsupported value: \"{text}\": supported values: {string.Join(", ", _enum.Select(one => $"\"{one}\""))}";
        else if (_type == "string" && (!Fits(text.EnumerateRunes().Count(), _length) || _pattern is not null && !Regex.IsMatch(text, _pattern)))
            yield return $"{path}: Invalid value: \"{text}\": want {Bounds(_length)} characters{(_pattern is null ? "" : $" that match {_pattern}")}";
        else if (_type == "integer" && !Fits(double.Parse(text, CultureInfo.InvariantCulture), _number))
            yield return $"{path}: Invalid value: {text}: should be {Bounds(_number)}";
    }

    private static bool Fits(double value, (double? Least, double? Most) bounds) => !(value < bounds.Least || value > bounds.Most);

    private static string Bounds((double? Least, double? Most) bounds) => $"{bounds.Least ?? 0} to {bounds.Most?.ToString(CultureInfo.InvariantCulture) ?? "any"}";

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static YamlNode? Child(YamlMappingNode yaml, string name) => yaml.Children.TryGetValue(name, out var child) ? child : null;

    private static string? Text(YamlMappingNode yaml, string name) => (Child(yaml, name) as YamlScalarNode)?.Value;

    private static double? Number(YamlMappingNode yaml, string name) => Text(yaml, name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string[] Texts(YamlMappingNode yaml, string name) => Child(yaml, name) is YamlSequenceNode list ? [.. list.OfType<YamlScalarNode>().Select(item => item.Value!)] : [];

    private static JsonNode? Json(YamlNode yaml) => yaml switch
    {
        YamlMappingNode members => new JsonObject(members.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Json(pair.Value)))),
        YamlSequenceNode items => new JsonArray([.. items.Select(Json)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: "true" or "false" } flag => flag.Value == "true",
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain } number when long.TryParse(number.Value, CultureInfo.InvariantCulture, out var whole) => whole,
        YamlScalarNode text => text.Value,
        _ => null,
    };
}
