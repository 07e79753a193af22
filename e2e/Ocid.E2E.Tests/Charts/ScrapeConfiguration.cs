using System.Text.Json.Nodes;
using Ocid.E2E.Charts;

namespace Ocid.E2E.Tests.Charts;

/// <summary>
/// What the Prometheus operator makes of the chart's PodMonitors: https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor.
/// Discovery in a cluster is played: every monitor sees all pods, as their workloads' templates have them and with the labels that discovery gives, and keeps its own.
/// </summary>
internal static class ScrapeConfiguration
{
    private const string PodLabel = "__meta_kubernetes_pod_label_";

    /// <summary>A configuration of Prometheus, as JSON, which is YAML.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="tokenFile">Where the token is that the PodMonitors' Secret holds.</param>
    /// <param name="pods">The pods: a workload of the chart, and the node that it runs on.</param>
    public static string Of(RenderedChart chart, string tokenFile, params (JsonNode Workload, string Node)[] pods) =>
        new JsonObject { ["scrape_configs"] = new JsonArray([.. chart.OfKind("PodMonitor").Select(monitor => Scrape(monitor, tokenFile, pods))]) }.ToJsonString();

    private static JsonObject Scrape(JsonNode monitor, string tokenFile, (JsonNode Workload, string Node)[] pods)
    {
        var endpoint = monitor["spec"]!["podMetricsEndpoints"]!.AsArray().Single()!;
        var scrape = new JsonObject
        {
            ["job_name"] = $"podMonitor/{monitor["metadata"]!["namespace"]}/{monitor["metadata"]!["name"]}/0",
            ["scrape_interval"] = (string?)endpoint["interval"],
            ["metrics_path"] = (string?)endpoint["path"],
            ["scheme"] = (string?)endpoint["scheme"],
            ["static_configs"] = new JsonArray([.. pods.SelectMany(pod => Targets(pod.Workload["spec"]!["template"]!, pod.Node))]),
            ["relabel_configs"] = new JsonArray([.. Selected(monitor), Keep("__meta_kubernetes_pod_container_port_name", (string)endpoint["port"]!), .. Relabelings(endpoint)]),
        };
        if (endpoint["tlsConfig"] is { } tls)
            scrape["tls_config"] = new JsonObject { ["insecure_skip_verify"] = (bool?)tls["insecureSkipVerify"] };
        if (endpoint["authorization"] is { } authorization)
            scrape["authorization"] = new JsonObject { ["type"] = (string?)authorization["type"], ["credentials_file"] = tokenFile };
        return scrape;
    }

    private static IEnumerable<JsonNode> Targets(JsonNode pod, string node) => pod["spec"]!["containers"]!.AsArray().SelectMany(container => container!["ports"]!.AsArray(), (_, port) =>
    {
        var (name, number) = ((string?)port!["name"], (int?)port["containerPort"]);
        var labels = new JsonObject { ["__meta_kubernetes_pod_node_name"] = node, ["__meta_kubernetes_pod_container_port_name"] = name };
        foreach (var (label, value) in pod["metadata"]!["labels"]!.AsObject())
            labels[PodLabel + Sanitized(label)] = (string?)value;
        return new JsonObject { ["targets"] = new JsonArray($"127.0.0.1:{number}"), ["labels"] = labels };
    });

    private static IEnumerable<JsonNode> Selected(JsonNode monitor) =>
        monitor["spec"]!["selector"]!["matchLabels"]!.AsObject().Select(label => Keep(PodLabel + Sanitized(label.Key), (string)label.Value!));

    private static JsonObject Keep(string label, string value) => new() { ["action"] = "keep", ["source_labels"] = new JsonArray(label), ["regex"] = value };

    private static IEnumerable<JsonNode> Relabelings(JsonNode endpoint) => endpoint["relabelings"]?.AsArray().Select(rule => new JsonObject
    {
        ["source_labels"] = rule!["sourceLabels"]!.DeepClone(),
        ["target_label"] = (string?)rule["targetLabel"],
    }) ?? [];

    private static string Sanitized(string name) => string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
}
