using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Pods;

/// <summary>cgroup_driver = "systemd" where a systemd is booted, as in the virtual machine of make vm-test.</summary>
public sealed class SystemdCgroupTests(TestMachine machine) : NodeTests(machine)
{
    private const long Limit = 64 << 20, NewLimit = 96 << 20;

    [SkippableTheory]
    [InlineData("runc", "", true)]
    [InlineData("crun", "/container", false)] // limits a cgroup of its own below the scope, which is not systemd's to write; 1.8.1 tells systemd CPUWeight alone
    public async Task A_container_is_a_scope_in_the_kubelets_slice_whose_limits_a_reload_of_systemd_keeps_and_that_outlives_the_daemon(string runtime, string below, bool tellsSystemd)
    {
        await using var node = await StartNodeUnderSystemdAsync(runtime);
        (await node.Runtime.RuntimeConfigAsync(new RuntimeConfigRequest())).Linux.CgroupDriver.Should().Be(CgroupDriver.Systemd);
        await node.PullAsync(Busybox);
        var config = PodRequests.Sandbox(node, "pod");
        var slice = $"ocide2e{node.Folders.Suffix}-burstable-pod{config.Metadata.Uid.Replace('-', '_')}.slice";
        await StartSliceAsync(node, slice);
        config.Linux.CgroupParent = slice;
        var pod = await TestPod.RunAsync(node, config);
        var container = PodRequests.Container("limited", Busybox, "sleep", "1000");
        container.Linux.Resources = new LinuxContainerResources { CpuShares = 512, CpuPeriod = 100_000, CpuQuota = 50_000, MemoryLimitInBytes = Limit, OomScoreAdj = 500 };
        var id = await pod.StartAsync(container);

        var scope = $"ocid-{id}.scope";
        var scoped = await ShowAsync(scope, "ControlGroup");
        scoped.Should().Be($"/ocide2e{node.Folders.Suffix}.slice/ocide2e{node.Folders.Suffix}-burstable.slice/{slice}/{scope}");
        var cgroup = scoped + below;
        (await ShowAsync(scope, "Slice")).Should().Be(slice);
        if (tellsSystemd)
            (await ShowAsync(scope, "MemoryMax")).Should().Be($"{Limit}");
        (await FileAsync(cgroup, "memory.max")).Should().Be($"{Limit}");
        (await FileAsync(cgroup, "cpu.max")).Should().Be("50000 100000");
        (await FileAsync(cgroup, "pids.max")).Should().Be("512");
        (await pod.ExecAsync(id, "cat", "/sys/fs/cgroup/memory.max")).Stdout.ToStringUtf8().Should().Be($"{Limit}\n");
        var stats = (await node.Runtime.ContainerStatsAsync(new ContainerStatsRequest { ContainerId = id })).Stats;
        stats.Memory.WorkingSetBytes.Value.Should().BePositive();
        stats.Memory.AvailableBytes.Value.Should().BeInRange(1, Limit, "it is what the limit leaves");

        await node.Runtime.UpdateContainerResourcesAsync(new UpdateContainerResourcesRequest { ContainerId = id, Linux = new LinuxContainerResources { MemoryLimitInBytes = NewLimit } });
        (await FileAsync(cgroup, "memory.max")).Should().Be($"{NewLimit}");
        if (tellsSystemd)
            (await ShowAsync(scope, "MemoryMax")).Should().Be($"{NewLimit}");
        await Tool.RunAsync("systemctl", "daemon-reload");
        (await FileAsync(cgroup, "memory.max")).Should().Be($"{NewLimit}");
        (await FileAsync(cgroup, "cpu.max")).Should().Be("50000 100000");

        await node.KillDaemonAsync();
        await node.StartDaemonAsync();
        (await pod.ContainerAsync(id)).State.Should().Be(ContainerState.ContainerRunning);
        (await pod.ExecAsync(id, "echo", "on")).Stdout.ToStringUtf8().Should().Be("on\n");

        await pod.StopAsync(id, 1);
        await node.Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = id });
        Directory.Exists("/sys/fs/cgroup" + scoped).Should().BeFalse();
        await Eventually.IsTrueAsync("systemd has let go of the scope", async () => await ShowAsync(scope, "LoadState") == "not-found");
        (await ShowAsync(slice, "ActiveState")).Should().Be("active", "the slice is the kubelet's");
        await node.StopAsync();
    }

    // systemd removes the scope of a container as soon as it has ended, and with it what the kernel counted there.
    [SkippableTheory]
    [InlineData("runc")]
    [InlineData("crun")]
    public async Task A_container_over_its_memory_limit_is_OOMKilled_each_time_and_the_pods_others_are_not(string runtime)
    {
        await using var node = await StartNodeUnderSystemdAsync(runtime);
        await node.PullAsync(Busybox);
        var config = PodRequests.Sandbox(node, "pod");
        config.Linux.CgroupParent = "";
        var pod = await TestPod.RunAsync(node, config);
        var other = await pod.StartAsync(PodRequests.Script("other", Busybox, "while [ ! -e /dev/shm/end ]; do usleep 20000; done; exit 3"));

        for (uint attempt = 0; attempt < 5; attempt++)
        {
            var eater = PodRequests.Container("eater", Busybox, "tail", "/dev/zero");
            eater.Metadata.Attempt = attempt;
            eater.Linux.Resources.MemoryLimitInBytes = eater.Linux.Resources.MemorySwapLimitInBytes = Limit;
            var exited = await pod.ExitedAsync(await pod.StartAsync(eater));
            (exited.Reason, exited.ExitCode).Should().Be(("OOMKilled", 137), $"of attempt {attempt}");
        }

        await pod.ExecAsync(other, "touch", "/dev/shm/end");
        var ended = await pod.ExitedAsync(other);
        (ended.Reason, ended.ExitCode).Should().Be(("Error", 3));
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_pod_without_a_parent_has_a_slice_of_its_own_which_goes_with_it()
    {
        await using var node = await StartNodeUnderSystemdAsync("runc");
        await node.PullAsync(Busybox);
        var config = PodRequests.Sandbox(node, "pod");
        config.Linux.CgroupParent = "";
        config.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Pod;
        var pod = await TestPod.RunAsync(node, config);
        var container = PodRequests.Container("sleeper", Busybox, "sleep", "1000");
        container.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Pod;
        var id = await pod.StartAsync(container);
        var slice = $"ocid_{pod.Id}.slice";
        (await ShowAsync($"ocid-{id}.scope", "Slice")).Should().Be(slice);
        (await node.Runtime.PodSandboxStatsAsync(new PodSandboxStatsRequest { PodSandboxId = pod.Id })).Stats.Linux.Memory.WorkingSetBytes.Value.Should().BePositive();

        await node.Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = pod.Id });
        await node.Runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = pod.Id });

        await Eventually.IsTrueAsync("systemd has let go of the slice", async () => await ShowAsync(slice, "ActiveState") == "inactive");
        Directory.Exists($"/sys/fs/cgroup/{slice}").Should().BeFalse();
        await node.StopAsync();
    }

    private async Task<TestNode> StartNodeUnderSystemdAsync(string runtime)
    {
        Skip.IfNot(Directory.Exists("/run/systemd/system"), "systemd is not booted here");
        return await StartNodeAsync(new TestNodeOptions { Runtime = runtime, RuntimeSettings = "cgroup_driver = \"systemd\"\npids_limit = 512" });
    }

    // As a kubelet does it, through systemd's bus.
    private static async Task StartSliceAsync(TestNode node, string slice)
    {
        await Tool.RunAsync("busctl", "call", "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "StartTransientUnit", "ssa(sv)a(sa(sv))", slice, "replace", "1", "MemoryMax", "t", $"{256 << 20}", "0");
        node.AtStop(() => Tool.RunAsync("systemctl", "stop", slice, $"ocide2e{node.Folders.Suffix}-burstable.slice", $"ocide2e{node.Folders.Suffix}.slice"));
    }

    private static async Task<string> ShowAsync(string unit, string property) => (await Tool.RunAsync("systemctl", "show", "--property", property, "--value", unit)).Trim();

    private static async Task<string> FileAsync(string cgroup, string file) => (await File.ReadAllTextAsync($"/sys/fs/cgroup{cgroup}/{file}")).Trim();
}
