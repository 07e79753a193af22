using System.Net;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Programs;

public sealed class MetricsTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task Metrics_are_Prometheus_text_and_count_what_was_done()
    {
        SkipUnlessTheMachineCan();
        var port = FreePort.Find();
        await using var node = await StartNodeAsync(new TestNodeOptions { MetricsPort = port });
        await RunAsync(node, PodRequests.Container("sleeper", Busybox, "sleep", "1000"));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };

        (await http.GetAsync("healthz")).StatusCode.Should().Be(HttpStatusCode.OK);
        (await http.GetAsync("readyz")).StatusCode.Should().Be(HttpStatusCode.OK);
        var answer = await http.GetAsync("metrics");
        answer.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        var samples = PrometheusText.Parse(await answer.Content.ReadAsStringAsync());

        samples.Should().Contain(sample => sample.Labels.Contains("RunPodSandbox") && sample.Value >= 1);
        samples.Should().Contain(sample => sample.Name.StartsWith("process_"));
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_node_without_network_configuration_becomes_ready_when_one_appears()
    {
        SkipUnlessTheMachineCan();
        var port = FreePort.Find();
        await using var node = await StartNodeAsync(new TestNodeOptions { MetricsPort = port, NetworkConfigured = false });
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        (await node.Runtime.StatusAsync(new Cri.V1.StatusRequest())).Status.Conditions.Single(condition => condition.Type == "NetworkReady").Status.Should().BeFalse();
        (await http.GetAsync("readyz")).StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await http.GetAsync("healthz")).StatusCode.Should().Be(HttpStatusCode.OK);

        await node.ConfigureNetworkAsync();

        await node.WaitUntilReadyAsync();
        (await http.GetAsync("readyz")).StatusCode.Should().Be(HttpStatusCode.OK);
        await node.StopAsync();
    }
}
