using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Restarts;

public sealed class RebootTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task After_a_reboot_sandboxes_are_not_ready_addresses_are_free_and_nothing_leaks()
    {
        await using var node = await StartNodeAsync();
        var (pod, id) = await RunAsync(node, PodRequests.Container("sleeper", Busybox, "sleep", "1000"));
        node.Network.ReservedAddresses().Should().ContainSingle();

        await Reboot.SimulateAsync(node);
        await node.StartMonitorAsync();
        await node.StartDaemonAsync();

        (await pod.StatusAsync()).State.Should().Be(PodSandboxState.SandboxNotready);
        var container = await pod.ContainerAsync(id);
        container.State.Should().Be(ContainerState.ContainerExited);
        await Eventually.IsTrueAsync("the address is released", () => node.Network.ReservedAddresses().Count == 0);

        // As the kubelet does: a new attempt of the same pod, then the old one removed.
        var again = PodRequests.Sandbox(node, "pod");
        again.Metadata.Attempt = 1;
        var second = await TestPod.RunAsync(node, again);
        await second.StartAsync(PodRequests.Container("sleeper", Busybox, "sleep", "1000"));
        await pod.RemoveAsync();
        (await second.StatusAsync()).State.Should().Be(PodSandboxState.SandboxReady);
        await node.StopAsync();
    }
}
