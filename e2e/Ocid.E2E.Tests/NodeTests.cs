using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests;

/// <summary>
/// What every test of a whole node needs: the registry with its images, and a node of its own that is stopped and compared at the end.
/// All of them are one collection, because they compare the machine before and after.
/// </summary>
[Collection(nameof(TestMachine))]
public abstract class NodeTests(TestMachine machine)
{
    protected TestMachine Machine { get; } = machine;

    /// <summary>The reference of the busybox image.</summary>
    protected string Busybox => Machine.Busybox;

    protected async Task<TestNode> StartNodeAsync(TestNodeOptions? options = null)
    {
        SkipUnlessTheMachineCan();
        return await TestNode.StartAsync((options ?? new TestNodeOptions()) with { Registry = Machine.Registry });
    }

    protected static void SkipUnlessTheMachineCan() => Skip.IfNot(NodeRequirements.Missing() is null, NodeRequirements.Missing() ?? "");

    /// <summary>Whether this host has no hierarchy of cgroup v1.</summary>
    protected static bool HasOnlyUnifiedCgroups => File.Exists("/sys/fs/cgroup/cgroup.controllers");

    /// <summary>A pod with one running container.</summary>
    protected async Task<(TestPod Pod, string Container)> RunAsync(TestNode node, Cri.V1.ContainerConfig container, string name = "pod")
    {
        await node.PullAsync(container.Image.Image);
        var pod = await TestPod.RunAsync(node, name);
        return (pod, await pod.StartAsync(container));
    }
}
