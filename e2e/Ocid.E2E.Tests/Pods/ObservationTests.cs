using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.E2E.Tests.Programs;

namespace Ocid.E2E.Tests.Pods;

/// <summary>What the kubelet and Prometheus see of a pod that runs: statistics, metrics, lists in batches, events.</summary>
public sealed class ObservationTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task Statistics_and_metrics_tell_what_a_pod_uses()
    {
        var port = FreePort.Find();
        await using var node = await StartNodeAsync(new TestNodeOptions { MetricsPort = port });
        var container = PodRequests.Script("busy", Busybox, "echo written >/file; wget -q -O /dev/null http://127.0.0.1:1/; while :; do :; done");
        container.Linux.Resources.MemoryLimitInBytes = 64 << 20;
        var (pod, id) = await RunAsync(node, container, "watched");
        // On a busy machine the runtime alone uses that much of the processor before the program writes.
        var stats = await Eventually.GetAsync("used processor time and a file", () => StatsAsync(node, pod.Id), read =>
            read.Linux.Cpu.UsageCoreNanoSeconds.Value > 100_000_000 && read.Linux.Containers is [{ WritableLayer.UsedBytes.Value: > 0 }]);
        stats.Attributes.Metadata.Name.Should().Be("watched");
        stats.Linux.Memory.WorkingSetBytes.Value.Should().BePositive();
        stats.Linux.Network.DefaultInterface.Name.Should().Be("eth0");
        stats.Linux.Process.ProcessCount.Value.Should().BePositive();
        (await node.Runtime.ListPodSandboxStatsAsync(new ListPodSandboxStatsRequest { Filter = new PodSandboxStatsFilter { Id = pod.Id } })).Stats.Should().ContainSingle();

        var descriptors = (await node.Runtime.ListMetricDescriptorsAsync(new ListMetricDescriptorsRequest())).Descriptors.ToDictionary(d => d.Name, d => d.LabelKeys);
        var metrics = (await node.Runtime.ListPodSandboxMetricsAsync(new ListPodSandboxMetricsRequest())).PodMetrics.Should().ContainSingle(m => m.PodSandboxId == pod.Id).Which;
        var all = metrics.Metrics.Concat(metrics.ContainerMetrics.Should().ContainSingle(m => m.ContainerId == id).Which.Metrics).ToList();
        all.Should().OnlyContain(metric => metric.LabelValues.Count == descriptors[metric.Name].Count);
        all.Should().Contain(metric => metric.Name == "container_threads").And.Contain(metric => metric.Name == "container_network_receive_bytes_total");
        all.Single(metric => metric.Name == "container_spec_memory_limit_bytes").Value.Value.Should().Be(64 << 20);

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var shown = PrometheusText.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics")));
        shown.Should().Contain(sample => sample.Name == "container_cpu_usage_seconds_total" && sample.Labels.Contains("""pod="watched",namespace="default" """.TrimEnd()) && sample.Value > 0);
        await pod.RemoveAsync();
        PrometheusText.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"))).Should().NotContain(sample => sample.Name == "container_cpu_usage_seconds_total");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task Lists_come_whole_in_batches()
    {
        await using var node = await StartNodeAsync();
        var (pod, id) = await RunAsync(node, PodRequests.Container("sleeper", Busybox, "sleep", "1000"));

        (await ReadAsync(node.Runtime.StreamPodSandboxes(new StreamPodSandboxesRequest()))).SelectMany(b => b.PodSandboxes).Should().ContainSingle().Which.Id.Should().Be(pod.Id);
        (await ReadAsync(node.Runtime.StreamContainers(new StreamContainersRequest()))).SelectMany(b => b.Containers).Should().ContainSingle().Which.Id.Should().Be(id);
        (await ReadAsync(node.Runtime.StreamContainerStats(new StreamContainerStatsRequest()))).SelectMany(b => b.ContainerStats).Should().ContainSingle().Which.Attributes.Id.Should().Be(id);
        (await ReadAsync(node.Runtime.StreamPodSandboxStats(new StreamPodSandboxStatsRequest()))).SelectMany(b => b.PodSandboxStats).Should().ContainSingle().Which.Attributes.Id.Should().Be(pod.Id);
        (await ReadAsync(node.Runtime.StreamPodSandboxMetrics(new StreamPodSandboxMetricsRequest()))).SelectMany(b => b.PodSandboxMetrics).Should().ContainSingle().Which.PodSandboxId.Should().Be(pod.Id);
        (await ReadAsync(node.Images.StreamImages(new StreamImagesRequest()))).SelectMany(b => b.Images).Should().ContainSingle();
        (await ReadAsync(node.Runtime.StreamContainers(new StreamContainersRequest { Filter = new ContainerFilter { Id = "none" } }))).Should().BeEmpty();
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task Events_tell_a_pods_life_in_order()
    {
        await using var node = await StartNodeAsync();
        await node.PullAsync(Busybox);
        using var stop = new CancellationTokenSource();
        using var stream = node.Runtime.GetContainerEvents(new GetEventsRequest(), cancellationToken: stop.Token);
        // A stream has begun when its first event comes: sandboxes come and go until then.
        var first = stream.ResponseStream.MoveNext(CancellationToken.None);
        while (!first.IsCompleted)
            await (await TestPod.RunAsync(node, "herald")).RemoveAsync();

        var pod = await TestPod.RunAsync(node, "told");
        var id = await pod.StartAsync(PodRequests.Container("short", Busybox, "true"));
        await pod.ExitedAsync(id);
        await node.Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = id });
        await pod.RemoveAsync();

        var told = new List<ContainerEventResponse>();
        while (told.Count < 8)
        {
            await first.WaitAsync(TimeSpan.FromSeconds(10));
            if (stream.ResponseStream.Current.PodSandboxStatus.Metadata.Name == "told")
                told.Add(stream.ResponseStream.Current);
            first = stream.ResponseStream.MoveNext(CancellationToken.None);
        }

        told.Select(e => (e.ContainerId, e.ContainerEventType)).Should().Equal(
            (pod.Id, ContainerEventType.ContainerCreatedEvent), (pod.Id, ContainerEventType.ContainerStartedEvent),
            (id, ContainerEventType.ContainerCreatedEvent), (id, ContainerEventType.ContainerStartedEvent),
            (id, ContainerEventType.ContainerStoppedEvent), (id, ContainerEventType.ContainerDeletedEvent),
            (pod.Id, ContainerEventType.ContainerStoppedEvent), (pod.Id, ContainerEventType.ContainerDeletedEvent));
        told[4].ContainersStatuses.Should().ContainSingle().Which.State.Should().Be(ContainerState.ContainerExited);
        await stop.CancelAsync();
        await node.StopAsync();
    }

    private static async Task<PodSandboxStats> StatsAsync(TestNode node, string pod) =>
        (await node.Runtime.PodSandboxStatsAsync(new PodSandboxStatsRequest { PodSandboxId = pod })).Stats;

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(AsyncServerStreamingCall<T> call)
    {
        using (call)
        {
            var read = new List<T>();
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
                read.Add(call.ResponseStream.Current);
            return read;
        }
    }
}
