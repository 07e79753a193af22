using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Pods;

/// <summary>What cgroup v2 alone has, on a host that has nothing else, as the virtual machine of make vm-test.</summary>
public sealed class UnifiedCgroupTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableTheory]
    [InlineData("runc")]
    [InlineData("crun")]
    public async Task Every_limit_is_in_the_cgroups_files(string runtime)
    {
        await using var node = await StartNodeOnVersion2Async(runtime);
        var container = PodRequests.Container("limited", Busybox, "sleep", "1000");
        container.Linux.Resources = new LinuxContainerResources
        {
            CpuShares = 512, CpuPeriod = 100_000, CpuQuota = 50_000, CpusetCpus = "0", CpusetMems = "0",
            MemoryLimitInBytes = 64 << 20, MemorySwapLimitInBytes = 96 << 20,
            HugepageLimits = { new HugepageLimit { PageSize = "2MB", Limit = 4 << 20 } },
            Unified = { ["memory.high"] = $"{48 << 20}", ["memory.low"] = $"{8 << 20}" },
        };
        var (pod, id) = await RunAsync(node, container);

        (await ReadAsync("cpu.max")).Should().Be("50000 100000");
        (await ReadAsync("cpu.weight")).Should().Be("20");
        (await ReadAsync("cpuset.cpus")).Should().Be("0");
        (await ReadAsync("cpuset.mems")).Should().Be("0");
        (await ReadAsync("memory.max")).Should().Be($"{64 << 20}");
        (await ReadAsync("memory.swap.max")).Should().Be($"{32 << 20}");
        (await ReadAsync("memory.high")).Should().Be($"{48 << 20}");
        (await ReadAsync("memory.low")).Should().Be($"{8 << 20}");
        (await ReadAsync("hugetlb.2MB.max")).Should().Be($"{4 << 20}");

        await node.Runtime.UpdateContainerResourcesAsync(new UpdateContainerResourcesRequest
        {
            ContainerId = id,
            Linux = new LinuxContainerResources { MemoryLimitInBytes = 80 << 20, MemorySwapLimitInBytes = 80 << 20, Unified = { ["memory.high"] = $"{60 << 20}" } },
        });
        (await ReadAsync("memory.max")).Should().Be($"{80 << 20}");
        (await ReadAsync("memory.swap.max")).Should().Be("0");
        (await ReadAsync("memory.high")).Should().Be($"{60 << 20}");
        (await ReadAsync("cpu.max")).Should().Be("50000 100000", "what a request leaves out stays");
        await node.StopAsync();

        async Task<string> ReadAsync(string file) => (await pod.ExecAsync(id, "cat", "/sys/fs/cgroup/" + file)).Stdout.ToStringUtf8().Trim();
    }

    [SkippableFact]
    public async Task The_pressure_on_a_container_is_in_its_statistics_and_metrics()
    {
        Skip.IfNot(File.Exists("/proc/pressure/cpu"), "this kernel counts no pressure");
        await using var node = await StartNodeOnVersion2Async("runc");
        var container = PodRequests.Script("pressed", Busybox, "while :; do :; done");
        (container.Linux.Resources.CpuPeriod, container.Linux.Resources.CpuQuota) = (100_000, 10_000);
        var (pod, id) = await RunAsync(node, container);

        var stats = await Eventually.GetAsync(
            "time waited for a processor", async () => (await node.Runtime.ContainerStatsAsync(new ContainerStatsRequest { ContainerId = id })).Stats, one => one.Cpu.Psi.Some.Total > 2_500_000);

        stats.Memory.Psi.Should().NotBeNull();
        stats.Io.Psi.Should().NotBeNull();
        (await node.Runtime.PodSandboxStatsAsync(new PodSandboxStatsRequest { PodSandboxId = pod.Id })).Stats.Linux.Cpu.Psi.Some.Total.Should().BePositive();
        var metrics = (await node.Runtime.ListPodSandboxMetricsAsync(new ListPodSandboxMetricsRequest())).PodMetrics.Single().ContainerMetrics.Single().Metrics;
        metrics.Single(metric => metric.Name == "container_pressure_cpu_waiting_seconds_total").Value.Value.Should().BePositive();
        await node.StopAsync();
    }

    private async Task<TestNode> StartNodeOnVersion2Async(string runtime)
    {
        Skip.IfNot(HasOnlyUnifiedCgroups, "needs a host with cgroup v2 alone: make vm-test has one");
        return await StartNodeAsync(new TestNodeOptions { Runtime = runtime });
    }
}
