using Ocid.Cri.V1;
using Ocid.E2E.Pods;

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
}
