using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.HardDays;

public sealed class RemovalFailsTests(TestMachine machine) : NodeTests(machine), IDisposable
{
    private readonly SwitchedRuntime _runtime = new();

    public void Dispose() => _runtime.Dispose();

    [SkippableFact]
    public async Task What_could_not_be_removed_is_listed_again_and_the_next_request_removes_it()
    {
        await using var node = await StartNodeAsync(_runtime.Options);
        var (pod, container) = await RunStoppedAsync(node);
        var removal = new RemoveContainerRequest { ContainerId = container };

        for (var attempt = 0; attempt < 2; attempt++)
        {
            await FluentActions.Awaiting(() => node.Runtime.RemoveContainerAsync(removal).ResponseAsync).Should().ThrowAsync<RpcException>();
            (await pod.ContainerAsync(container)).State.Should().Be(ContainerState.ContainerExited);
            await FluentActions.Awaiting(() => pod.RemoveAsync()).Should().ThrowAsync<RpcException>();
            (await pod.StatusAsync()).State.Should().Be(PodSandboxState.SandboxNotready);
        }

        _runtime.Off("fails", "delete");
        await node.Runtime.RemoveContainerAsync(removal);
        (await node.Runtime.ListContainersAsync(new ListContainersRequest())).Containers.Should().BeEmpty();
        await pod.RemoveAsync();
        (await node.Runtime.ListPodSandboxAsync(new ListPodSandboxRequest())).Items.Should().BeEmpty();
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_removal_goes_on_when_its_caller_has_gone_and_whoever_asks_again_waits_for_its_end()
    {
        await using var node = await StartNodeAsync(_runtime.Options);
        var (pod, container) = await RunStoppedAsync(node);
        _runtime.On("hangs", "delete");
        _runtime.Off("fails", "delete");
        var removal = new RemoveContainerRequest { ContainerId = container };

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var impatient = await FluentActions.Awaiting(() => node.Runtime.RemoveContainerAsync(removal, deadline: DateTime.UtcNow.AddSeconds(2)).ResponseAsync).Should().ThrowAsync<RpcException>();
            impatient.Which.StatusCode.Should().Be(StatusCode.DeadlineExceeded);
        }

        (await node.Runtime.ListContainersAsync(new ListContainersRequest())).Containers.Should().BeEmpty();
        _runtime.Off("hangs", "delete");
        await node.Runtime.RemoveContainerAsync(removal);
        Directory.Exists(Path.Combine(node.Folders.State, "containers", container)).Should().BeFalse();
        await pod.RemoveAsync();
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_pod_whose_end_stops_half_way_is_not_ready_spoils_no_statistics_and_the_next_daemon_ends_it()
    {
        await using var node = await StartNodeAsync();
        var (pod, _) = await RunAsync(node, PodRequests.Container("sleeper", Busybox, "sleep", "1000"));
        await TestPod.RunAsync(node, "bystander");
        var run = Path.Combine(node.Folders.Run, "pods", pod.Id);
        await using (await BusyDirectory.MakeAsync(run))
        {
            await FluentActions.Awaiting(() => node.Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = pod.Id }).ResponseAsync).Should().ThrowAsync<RpcException>();

            (await pod.StatusAsync()).State.Should().Be(PodSandboxState.SandboxNotready);
            (await node.Runtime.ListPodSandboxStatsAsync(new ListPodSandboxStatsRequest())).Stats.Should().ContainSingle(one => one.Attributes.Metadata.Name == "bystander");
            (await node.Runtime.ListPodSandboxMetricsAsync(new ListPodSandboxMetricsRequest())).PodMetrics.Should().ContainSingle();
            await node.KillDaemonAsync();
        }

        await node.StartDaemonAsync();

        (await pod.StatusAsync()).State.Should().Be(PodSandboxState.SandboxNotready);
        Directory.Exists(run).Should().BeFalse();
        await node.StopAsync();
    }

    // What only a running container needs is not freed when it ends: that is left to its removal.
    private async Task<(TestPod Pod, string Container)> RunStoppedAsync(TestNode node)
    {
        await node.PullAsync(Busybox);
        var pod = await TestPod.RunAsync(node, "pod", SwitchedRuntime.Handler);
        var container = await pod.StartAsync(PodRequests.Container("sleeper", Busybox, "sleep", "1000"));
        _runtime.On("fails", "delete");
        await pod.StopAsync(container);
        await Eventually.IsTrueAsync("that it could not be freed is known", () => node.DaemonOutput().Contains($"{container} has ended and is not cleaned up yet", StringComparison.Ordinal));
        return (pod, container);
    }
}
