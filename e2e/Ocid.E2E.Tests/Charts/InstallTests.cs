using System.Net;
using System.Text.Json.Nodes;

namespace Ocid.E2E.Tests.Charts;

/// <summary>The chart on a real API server: what its rules let through, and what they refuse.</summary>
public sealed class InstallTests(ChartCluster cluster) : IClassFixture<ChartCluster>
{
    [SkippableFact]
    public async Task An_agent_writes_the_status_of_its_own_node_alone()
    {
        Skip.IfNot(ChartCluster.Missing is null, ChartCluster.Missing ?? "");
        var token = await cluster.TokenAsync("ocid-agent", "ocid-agent", await cluster.AddNodeAsync("own"));
        await cluster.AddNodeAsync("other");
        foreach (var node in new[] { "own", "other" })
            await cluster.CreateAsync("apis/ocid.dev/v1alpha1/runtimenodes", $$$"""{"apiVersion":"ocid.dev/v1alpha1","kind":"RuntimeNode","metadata":{"name":"{{{node}}}"},"spec":{}}""");

        // A policy is in force some moments after it was made.
        await Eventually.IsTrueAsync("another node's status is refused", async () => (await WriteStatusAsync("other", token)).Code == HttpStatusCode.Forbidden);
        ((string?)(await WriteStatusAsync("other", token)).Answer["message"]).Should().Contain("the agent of node own writes the status of its own RuntimeNode only, and this is other");
        (await WriteStatusAsync("own", token)).Code.Should().Be(HttpStatusCode.OK);

        var unbound = await WriteStatusAsync("own", await cluster.TokenAsync("ocid-agent", "ocid-agent"));
        unbound.Code.Should().Be(HttpStatusCode.Forbidden);
        ((string?)unbound.Answer["message"]).Should().Contain("names no node");
        (await cluster.AskAsync(HttpMethod.Patch, "apis/ocid.dev/v1alpha1/runtimenodes/own", JsonNode.Parse("""{"spec":{"release":true}}"""), token)).Code.Should().Be(HttpStatusCode.Forbidden);
        (await cluster.AskAsync(HttpMethod.Get, "api/v1/namespaces/ocid-revisions/secrets", token: token)).Code.Should().Be(HttpStatusCode.Forbidden, "who knows no hash reads no revision");
        (await cluster.AskAsync(HttpMethod.Get, "api/v1/namespaces/ocid-revisions/secrets/rev-0123456789abcdef", token: token)).Code.Should().Be(HttpStatusCode.NotFound);
        // The operator is no agent.
        (await WriteStatusAsync("own", null)).Code.Should().Be(HttpStatusCode.OK);
    }

    [SkippableFact]
    public async Task The_operators_pods_are_restricted_and_the_agents_are_let_into_their_namespace_alone()
    {
        Skip.IfNot(ChartCluster.Missing is null, ChartCluster.Missing ?? "");
        await cluster.CreateAsync("api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"strict","labels":{"pod-security.kubernetes.io/enforce":"restricted"}}}""");
        var pods = new[]
        {
            ChartCluster.PodOf(cluster.Chart.Single("Deployment", "ocid-operator"), "operator"),
            ChartCluster.PodOf(cluster.Chart.Single("Job", "ocid-release"), "release"),
            cluster.Chart.Single("Pod", "ocid-test").DeepClone().AsObject(),
        };

        foreach (var pod in pods)
        {
            pod["metadata"]!["namespace"] = "strict";
            var (code, answer) = await DryRunAsync("strict", pod);
            code.Should().Be(HttpStatusCode.Created, answer.ToJsonString());
        }

        var agent = ChartCluster.PodOf(cluster.Chart.Single("DaemonSet", "ocid-agent"), "agent");
        (await DryRunAsync("strict", agent)).Code.Should().Be(HttpStatusCode.Forbidden);
        (await DryRunAsync("ocid-revisions", agent)).Code.Should().Be(HttpStatusCode.Forbidden);
        (await DryRunAsync("ocid-agent", agent)).Code.Should().Be(HttpStatusCode.Created);
    }

    private Task<(HttpStatusCode Code, JsonObject Answer)> DryRunAsync(string space, JsonObject pod) =>
        cluster.AskAsync(HttpMethod.Post, $"api/v1/namespaces/{space}/pods?dryRun=All", pod);

    private Task<(HttpStatusCode Code, JsonObject Answer)> WriteStatusAsync(string node, string? token) =>
        cluster.AskAsync(HttpMethod.Patch, $"apis/ocid.dev/v1alpha1/runtimenodes/{node}/status", JsonNode.Parse("""{"status":{"message":"hello"}}"""), token);
}
