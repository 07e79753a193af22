using System.Net;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Linux;

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
    public async Task A_wait_for_a_lock_that_another_program_has_is_counted_while_it_lasts()
    {
        SkipUnlessTheMachineCan();
        var port = FreePort.Find();
        await using var node = await StartNodeAsync(new TestNodeOptions { MetricsPort = port });
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        Task<string> pulling;
        using (await FileLock.AcquireAsync(Path.Combine(node.Folders.Storage, "overlay-layers", "layers.lock"), FileLockMode.Exclusive, CancellationToken.None))
        {
            pulling = node.PullAsync(Busybox);

            await Eventually.GetAsync(
                "the wait is counted",
                async () => PrometheusText.Parse(await http.GetStringAsync("metrics")),
                samples => samples.Any(sample => sample is { Name: "ocid_storage_lock_waits_total", Value: >= 1 } && sample.Labels.Contains("layers.lock")));
            pulling.IsCompleted.Should().BeFalse();
            (await node.ListImagesAsync()).Should().BeEmpty("who only looks does not wait");
        }

        await pulling;
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
