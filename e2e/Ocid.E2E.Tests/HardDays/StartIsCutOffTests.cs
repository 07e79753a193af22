using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Machine;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Testing;

namespace Ocid.E2E.Tests.HardDays;

public sealed class StartIsCutOffTests(TestMachine machine) : NodeTests(machine), IDisposable
{
    private readonly SwitchedRuntime _runtime = new();

    public void Dispose() => _runtime.Dispose();

    private ContainerConfig Begins => PodRequests.Script("begins", Busybox, "echo began; exec sleep 1000");

    [SkippableFact]
    public async Task A_container_runs_no_sooner_than_its_program_and_also_when_its_starter_has_gone()
    {
        await using var node = await StartNodeAsync(_runtime.Options);
        var (pod, id) = await CreateAsync(node);
        _runtime.On("hangs", "start");

        var impatient = await FluentActions.Awaiting(() => node.Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id }, deadline: DateTime.UtcNow.AddSeconds(2)).ResponseAsync)
            .Should().ThrowAsync<RpcException>();

        impatient.Which.StatusCode.Should().Be(StatusCode.DeadlineExceeded);
        (await pod.ContainerAsync(id)).State.Should().Be(ContainerState.ContainerCreated);
        _runtime.Off("hangs", "start");
        await Eventually.IsTrueAsync("it runs", async () => (await pod.ContainerAsync(id)).State == ContainerState.ContainerRunning);
        await Begins.WaitForLogAsync(pod, "began");
        await node.Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id });
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_daemon_that_is_killed_before_a_start_leaves_it_to_be_done()
    {
        await using var node = await StartNodeAsync(_runtime.Options);
        var (pod, id) = await CreateAsync(node);
        _runtime.On("hangs", "start");
        await KillDaemonAtStartAsync(node, id);
        foreach (var hanging in Processes.Naming(_runtime.Program))
            await Tool.RunAsync("kill", "-KILL", $"{hanging}");
        _runtime.Off("hangs", "start");

        await node.StartDaemonAsync();

        (await pod.ContainerAsync(id)).State.Should().Be(ContainerState.ContainerCreated);
        await node.Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id });
        await Begins.WaitForLogAsync(pod, "began");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_start_that_outlives_its_daemon_is_no_failure_of_the_next_one()
    {
        await using var node = await StartNodeAsync(_runtime.Options);
        var (pod, id) = await CreateAsync(node);
        _runtime.On("hangs", "start");
        await KillDaemonAtStartAsync(node, id);
        await node.StartDaemonAsync();
        _runtime.Off("hangs", "start");
        await Begins.WaitForLogAsync(pod, "began");

        await node.Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id });

        (await pod.ContainerAsync(id)).State.Should().Be(ContainerState.ContainerRunning);
        (await pod.ExecAsync(id, "echo", "on")).Stdout.ToStringUtf8().Should().Be("on\n");
        await pod.StopAsync(id);
        await node.StopAsync();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_daemon_that_is_killed_after_a_start_finds_the_container_running(bool monitorToo)
    {
        await using var node = await StartNodeAsync(_runtime.Options);
        var (pod, id) = await CreateAsync(node);
        _runtime.On("lingers", "start");
        await KillDaemonAtStartAsync(node, id, () => Begins.WaitForLogAsync(pod, "began"));
        _runtime.Off("lingers", "start");
        if (monitorToo)
            await node.Monitor.KillAsync();

        await node.StartDaemonAsync();

        var status = await pod.ContainerAsync(id);
        status.State.Should().Be(ContainerState.ContainerRunning);
        status.StartedAt.Should().BeGreaterThanOrEqualTo(status.CreatedAt);
        await pod.StopAsync(id);
        await node.StopAsync();
    }

    private async Task<(TestPod Pod, string Container)> CreateAsync(TestNode node)
    {
        await node.PullAsync(Busybox);
        var pod = await TestPod.RunAsync(node, "pod", SwitchedRuntime.Handler);
        return (pod, await pod.CreateAsync(Begins));
    }

    private async Task KillDaemonAtStartAsync(TestNode node, string id, Func<Task>? until = null)
    {
        var starting = node.Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id }).ResponseAsync;
        await Eventually.IsTrueAsync("the runtime is at it", () => Processes.Naming(_runtime.Program).Any(one => Processes.CommandLine(one).Contains(" start ", StringComparison.Ordinal)));
        if (until is not null)
            await until();
        await node.KillDaemonAsync();
        await FluentActions.Awaiting(() => starting).Should().ThrowAsync<RpcException>();
    }
}
