using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.E2E.Tests.Restarts;
using Ocid.Runtime.Monitoring;

namespace Ocid.E2E.Tests.HardDays;

/// <summary>$OCID_PREVIOUS_PROGRAM names the version before, where there is one; without, the tested program takes its place too.</summary>
public sealed class UpgradeTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task Daemon_and_monitor_are_upgraded_under_load_and_back_and_no_line_no_pod_and_no_status_is_lost()
    {
        await using var node = await StartNodeAsync();
        var counter = CountingContainer.Configuration(Busybox);
        var (pod, counting) = await RunAsync(node, counter);
        await counter.WaitForLogAsync(pod, "10");

        foreach (var program in new[] { Environment.GetEnvironmentVariable("OCID_PREVIOUS_PROGRAM") ?? OcidProgram.Path!, OcidProgram.Path! })
        {
            var ends = PodRequests.Script($"ends-{Guid.NewGuid():n}", Busybox, "while [ ! -e /dev/shm/end ]; do usleep 20000; done; rm /dev/shm/end; exit 42");
            var id = await pod.StartAsync(ends);
            await node.Daemon.StopAsync();
            await using (var client = await MonitorClient.ConnectAsync(new MonitorEndpoint { SocketPath = node.Folders.MonitorSocket, StartMonitor = _ => Task.CompletedTask }, default))
                await client.UpgradeAsync(program, ["monitor", "--socket", node.Folders.MonitorSocket], default);
            await node.KillDaemonAsync();
            await node.StartDaemonAsync(program);

            await pod.ExecAsync(counting, "touch", "/dev/shm/end");
            (await pod.ExitedAsync(id)).ExitCode.Should().Be(42);
            (await pod.ContainerAsync(counting)).State.Should().Be(ContainerState.ContainerRunning);
            (await pod.StatusAsync()).State.Should().Be(PodSandboxState.SandboxReady);
            await CountingContainer.ShouldHaveLostNothingAsync(pod.Log(counter));
        }

        node.Monitor.HasExited.Should().BeFalse();
        await node.StopAsync();
    }
}
