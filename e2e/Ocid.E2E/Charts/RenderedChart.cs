using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace Ocid.E2E.Charts;

/// <summary>The objects that the chart asks a cluster for.</summary>
public sealed class RenderedChart
{
    private RenderedChart(IReadOnlyList<JsonNode> objects) => Objects = objects;

    public IReadOnlyList<JsonNode> Objects { get; }

    /// <summary>The chart with values as <c>key=value</c>.</summary>
    public static async Task<RenderedChart> CreateAsync(params string[] values)
    {
        var result = await Helm.TryRenderAsync(values);
        return result.ExitCode == 0 ? new RenderedChart(Parse(result.Output)) : throw new InvalidOperationException($"helm template: {result.Error}");
    }

    public IEnumerable<JsonNode> OfKind(string kind) => Objects.Where(item => (string?)item["kind"] == kind);

    /// <summary>The only object of a kind and name.</summary>
    public JsonNode Single(string kind, string name) => OfKind(kind).Single(item => (string?)item["metadata"]!["name"] == name);

    private static List<JsonNode> Parse(string text)
    {
        var yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var json = new SerializerBuilder().JsonCompatible().Build();
        return [.. text.Split("\n---", StringSplitOptions.RemoveEmptyEntries).Select(document => yaml.Deserialize<object?>(document)).OfType<object>()
            .Select(item => JsonNode.Parse(json.Serialize(item))!)];
    }
}
