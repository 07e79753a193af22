using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Runtime.Monitoring;

namespace Ocid.E2E.Tests.Restarts;

public sealed class MonitorRestartTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task Pods_outlive_a_killed_monitor_and_no_line_is_lost()
    {
        await using var node = await StartNodeAsync();
        var counter = CountingContainer.Configuration(Busybox);
        var (pod, counting) = await RunAsync(node, counter);
        await counter.WaitForLogAsync(pod, "10");

        await node.Monitor.KillAsync();

        await CountingContainer.ShouldHaveLostNothingAsync(pod.Log(counter), mayRepeat: true);
        (await pod.ContainerAsync(counting)).State.Should().Be(ContainerState.ContainerRunning);
        (await pod.ExecAsync(counting, "echo", "back")).Stdout.ToStringUtf8().Should().Be("back\n");
        var next = PodRequests.Script("next", Busybox, "exit 6");
        (await pod.ExitedAsync(await pod.StartAsync(next))).ExitCode.Should().Be(6);
        await pod.StopAsync(counting);
        (await pod.ContainerAsync(counting)).State.Should().Be(ContainerState.ContainerExited);
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_planned_upgrade_of_the_monitor_keeps_its_process_and_every_container()
    {
        await using var node = await StartNodeAsync();
        var counter = CountingContainer.Configuration(Busybox);
        var (pod, counting) = await RunAsync(node, counter);
        await counter.WaitForLogAsync(pod, "10");

        await node.Daemon.StopAsync();
        await using (var client = await MonitorClient.ConnectAsync(new MonitorEndpoint { SocketPath = node.Folders.MonitorSocket, StartMonitor = _ => Task.CompletedTask }, default))
            await client.UpgradeAsync(OcidProgram.Path!, ["monitor", "--socket", node.Folders.MonitorSocket], default);
        await node.KillDaemonAsync();
        await node.StartDaemonAsync();

        node.Monitor.HasExited.Should().BeFalse();
        (await pod.ContainerAsync(counting)).State.Should().Be(ContainerState.ContainerRunning);
        await CountingContainer.ShouldHaveLostNothingAsync(pod.Log(counter));
        (await pod.ExecAsync(counting, "sh", "-c", "exit 3")).ExitCode.Should().Be(3);
        await node.StopAsync();
    }
}
