using Ocid.Cri.V1;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Restarts;

public sealed class DaemonRestartTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task Pods_outlive_a_killed_daemon_and_no_line_and_no_status_is_lost()
    {
        await using var node = await StartNodeAsync();
        var counter = CountingContainer.Configuration(Busybox);
        var (pod, counting) = await RunAsync(node, counter);
        var brief = PodRequests.Script("brief", Busybox, "echo ready; while [ ! -e /dev/shm/end ]; do sleep 0.05; done; exit 42");
        var briefId = await pod.StartAsync(brief);
        await brief.WaitForLogAsync(pod, "ready");
        await counter.WaitForLogAsync(pod, "10");

        // The one that is asked to end while no daemon is there: the pod's shared memory carries the word.
        await pod.ExecAsync(counting, "sh", "-c", "(sleep 1; touch /dev/shm/end) >/dev/null 2>&1 </dev/null &");
        await node.KillDaemonAsync();
        await Task.Delay(2000);
        await node.StartDaemonAsync();

        (await pod.StatusAsync()).State.Should().Be(PodSandboxState.SandboxReady);
        (await pod.ContainerAsync(counting)).State.Should().Be(ContainerState.ContainerRunning);
        var exited = await pod.ExitedAsync(briefId);
        exited.ExitCode.Should().Be(42);
        exited.Reason.Should().Be("Error");
        (await pod.ExecAsync(counting, "echo", "back")).Stdout.ToStringUtf8().Should().Be("back\n");
        await CountingContainer.ShouldHaveLostNothingAsync(pod.Log(counter));
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_stopped_daemon_leaves_its_pods_running_and_finds_them_again()
    {
        await using var node = await StartNodeAsync();
        var (pod, id) = await RunAsync(node, PodRequests.Container("sleeper", Busybox, "sleep", "1000"));
        var created = (await pod.ContainerAsync(id)).CreatedAt;

        await node.Daemon.StopAsync();
        await node.KillDaemonAsync();
        await node.StartDaemonAsync();

        var status = await pod.ContainerAsync(id);
        status.State.Should().Be(ContainerState.ContainerRunning);
        status.CreatedAt.Should().Be(created);
        (await pod.StatusAsync()).Network.Ip.Should().StartWith(node.Network.Subnet);
        await pod.StopAsync(id);
        (await pod.ContainerAsync(id)).ExitCode.Should().Be(137);
        await node.StopAsync();
    }
}
