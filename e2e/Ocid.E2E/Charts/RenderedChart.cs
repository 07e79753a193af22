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

    /// <summary>What the roles of a name allow, those of hooks included: <c>ClusterRole NAME: VERBS RESOURCES GROUPS</c>, or with the namespace of a Role in its place.</summary>
    public IEnumerable<string> RulesOf(string name) => OfKind("ClusterRole").Concat(OfKind("Role")).Where(role => (string?)role["metadata"]!["name"] == name)
        .SelectMany(role => role["rules"]!.AsArray(), (role, rule) =>
            $"{role["metadata"]!["namespace"] ?? role["kind"]} {name}: {Words(rule!["verbs"])} {Words(rule["resources"] ?? rule["nonResourceURLs"])} {Words(rule["resourceNames"])} {Words(rule["apiGroups"])}"
                .Replace("  ", " ", StringComparison.Ordinal).TrimEnd());

    /// <summary>What the chart lets a service account do, each as <c>VERB RESOURCE[ NAMESPACE]</c>.</summary>
    public IEnumerable<string> GrantedTo(string space, string account)
    {
        var roles = OfKind("ClusterRole").Concat(OfKind("Role")).ToDictionary(role => (role["kind"]!.ToString(), role["metadata"]!["namespace"]?.ToString(), role["metadata"]!["name"]!.ToString()));
        return OfKind("ClusterRoleBinding").Concat(OfKind("RoleBinding"))
            .Where(binding => binding["subjects"]!.AsArray().Any(subject => (string?)subject!["name"] == account && (string?)subject["namespace"] == space))
            .SelectMany(binding => roles[(binding["roleRef"]!["kind"]!.ToString(), binding["metadata"]!["namespace"]?.ToString(), binding["roleRef"]!["name"]!.ToString())]["rules"]!.AsArray(), (binding, rule) => (Space: binding["metadata"]!["namespace"], Rule: rule!))
            .Where(granted => granted.Rule["resources"] is not null)
            .SelectMany(granted => Texts(granted.Rule["resources"]).SelectMany(resource => Texts(granted.Rule["verbs"]).Select(verb => $"{verb} {resource} {granted.Space}".TrimEnd())))
            .Distinct();
    }

    private static IEnumerable<string> Texts(JsonNode? values) => values!.AsArray().Select(value => (string)value!);

    private static string Words(JsonNode? values) => string.Join(',', values?.AsArray().Select(value => (string?)value) ?? []);

    /// <summary>The documents of a YAML text.</summary>
    public static IReadOnlyList<JsonNode> Parse(string text)
    {
        var yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        var json = new SerializerBuilder().JsonCompatible().Build();
        return [.. text.Split("\n---", StringSplitOptions.RemoveEmptyEntries).Select(document => yaml.Deserialize<object?>(document)).OfType<object>()
            .Select(item => JsonNode.Parse(json.Serialize(item))!)];
    }
}
