using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ocid.Cri.Edits;

/// <summary>What a YAML document says, as JSON: plain scalars are what YAML's core schema makes of them, quoted ones are text.</summary>
/// <remarks>https://yaml.org/spec/1.2.2/#103-core-schema</remarks>
internal static class YamlJson
{
    /// <exception cref="YamlException">It is no YAML.</exception>
    public static byte[] Convert(TextReader yaml)
    {
        var stream = new YamlStream();
        stream.Load(yaml);
        return System.Text.Encoding.UTF8.GetBytes(stream.Documents is [var only, ..] ? Node(only.RootNode)?.ToJsonString() ?? "null" : "null");
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode mapping => Mapping(mapping),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value ?? ""),
        YamlScalarNode quoted => JsonValue.Create(quoted.Value),
        _ => throw new YamlException(node.Start, node.End, "an alias is not supported"),
    };

    private static JsonObject Mapping(YamlMappingNode mapping)
    {
        var made = new JsonObject();
        foreach (var (key, value) in mapping)
            made[key is YamlScalarNode { Value: { } name } ? name : throw new YamlException(key.Start, key.End, "a key is no text")] = Node(value);
        return made;
    }

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when text.StartsWith("0o", StringComparison.Ordinal) && text[2..].All(c => c is >= '0' and <= '7') && text.Length is > 2 and < 20 => JsonValue.Create(System.Convert.ToInt64(text[2..], 8)),
        // As YAML 1.1 has it, and those who write file modes.
        ['0', _, ..] when text.All(c => c is >= '0' and <= '7') && text.Length < 20 => JsonValue.Create(System.Convert.ToInt64(text, 8)),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ => JsonValue.Create(text),
    };
}
