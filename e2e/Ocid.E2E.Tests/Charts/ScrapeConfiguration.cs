using System.Text.Json.Nodes;
using Ocid.E2E.Charts;

namespace Ocid.E2E.Tests.Charts;

/// <summary>
/// What the Prometheus operator makes of the chart's PodMonitor: https://prometheus-operator.dev/docs/api-reference/api/#monitoring.coreos.com/v1.PodMonitor.
/// Discovery in a cluster is played: its targets are pods as the DaemonSet's template has them, with the labels that discovery gives.
/// </summary>
internal static class ScrapeConfiguration
{
    private const string PodLabel = "__meta_kubernetes_pod_label_";

    /// <summary>A configuration of Prometheus, as JSON, which is YAML.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="node">The node of the one pod that is discovered.</param>
    /// <param name="address">The pod's IP address.</param>
    /// <param name="tokenFile">Where the token is that the PodMonitor's Secret holds.</param>
    public static string Of(RenderedChart chart, string node, string address, string tokenFile)
    {
        var monitor = chart.OfKind("PodMonitor").Single();
        var pod = chart.Single("DaemonSet", "ocid-agent")["spec"]!["template"]!;
        var endpoint = monitor["spec"]!["podMetricsEndpoints"]!.AsArray().Single()!;
        var scrape = new JsonObject
        {
            ["job_name"] = $"podMonitor/{monitor["metadata"]!["namespace"]}/{monitor["metadata"]!["name"]}/0",
            ["scrape_interval"] = (string?)endpoint["interval"],
            ["metrics_path"] = (string?)endpoint["path"],
            ["scheme"] = (string?)endpoint["scheme"],
            ["static_configs"] = new JsonArray([.. pod["spec"]!["containers"]!.AsArray().SelectMany(container => container!["ports"]!.AsArray(), (_, port) => Target(pod, port!, node, address))]),
            ["relabel_configs"] = new JsonArray([.. Selected(monitor), Keep("__meta_kubernetes_pod_container_port_name", (string)endpoint["port"]!), .. Relabelings(endpoint)]),
        };
        if (endpoint["tlsConfig"] is { } tls)
            scrape["tls_config"] = new JsonObject { ["insecure_skip_verify"] = (bool?)tls["insecureSkipVerify"] };
        if (endpoint["authorization"] is { } authorization)
            scrape["authorization"] = new JsonObject { ["type"] = (string?)authorization["type"], ["credentials_file"] = tokenFile };
        return new JsonObject { ["scrape_configs"] = new JsonArray(scrape) }.ToJsonString();
    }

    private static JsonObject Target(JsonNode pod, JsonNode port, string node, string address)
    {
        var labels = new JsonObject { ["__meta_kubernetes_pod_node_name"] = node, ["__meta_kubernetes_pod_container_port_name"] = (string?)port["name"] };
        foreach (var (name, value) in pod["metadata"]!["labels"]!.AsObject())
            labels[PodLabel + Sanitized(name)] = (string?)value;
        return new JsonObject { ["targets"] = new JsonArray($"{address}:{port["containerPort"]}"), ["labels"] = labels };
    }

    private static IEnumerable<JsonNode> Selected(JsonNode monitor) =>
        monitor["spec"]!["selector"]!["matchLabels"]!.AsObject().Select(label => Keep(PodLabel + Sanitized(label.Key), (string)label.Value!));

    private static JsonObject Keep(string label, string value) => new() { ["action"] = "keep", ["source_labels"] = new JsonArray(label), ["regex"] = value };

    private static IEnumerable<JsonNode> Relabelings(JsonNode endpoint) => endpoint["relabelings"]!.AsArray().Select(rule => new JsonObject
    {
        ["source_labels"] = rule!["sourceLabels"]!.DeepClone(),
        ["target_label"] = (string?)rule["targetLabel"],
    });

    private static string Sanitized(string name) => string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
}
