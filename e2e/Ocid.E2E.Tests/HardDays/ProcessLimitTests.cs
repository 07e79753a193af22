using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.HardDays;

public sealed class ProcessLimitTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task A_container_that_forks_without_end_is_held_at_its_limit_and_can_be_stopped()
    {
        await using var node = await StartNodeAsync(new TestNodeOptions { RuntimeSettings = "pids_limit = 32" });
        var (_, bystander) = await RunAsync(node, PodRequests.Container("bystander", Busybox, "sleep", "1000"), "bystander");
        var forks = PodRequests.Script("forks", Busybox, "echo begin; (while :; do sleep 1000 & done) 2>/dev/null; exec sleep 1000");
        var pod = await TestPod.RunAsync(node, "forks");
        var id = await pod.StartAsync(forks);
        await forks.WaitForLogAsync(pod, "begin");

        await Eventually.IsTrueAsync(
            "the limit is reached", async () => await ProcessesAsync(node, pod.Id) is >= 30 and <= 40);
        (await node.Runtime.ExecSyncAsync(new ExecSyncRequest { ContainerId = bystander, Cmd = { "echo", "fine" } })).Stdout.ToStringUtf8().Should().Be("fine\n");
        await pod.StopAsync(id, 1);

        (await pod.ContainerAsync(id)).State.Should().Be(ContainerState.ContainerExited);
        await node.StopAsync();
    }

    private static async Task<ulong> ProcessesAsync(TestNode node, string pod) =>
        (await node.Runtime.PodSandboxStatsAsync(new PodSandboxStatsRequest { PodSandboxId = pod })).Stats.Linux.Process?.ProcessCount?.Value ?? 0;
}
