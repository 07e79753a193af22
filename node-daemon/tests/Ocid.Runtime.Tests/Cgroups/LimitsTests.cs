using Ocid.Runtime.Cgroups;
using Ocid.Spec.Schema;

namespace Ocid.Runtime.Tests.Cgroups;

public sealed class LimitsTests
{
    private static readonly LinuxResources All = new()
    {
        Cpu = new() { Shares = 1024, Quota = 50000, Period = 100000, Cpus = "0" },
        Memory = new() { Limit = 1000, Swap = 3000 },
        Pids = new() { Limit = 5 },
        HugepageLimits = [new() { PageSize = "2MB", Limit = 0 }],
    };

    [Fact]
    public void Version_1_takes_them_as_they_are() =>
        LegacyLimits.Of(All).Select(write => $"{write.File}={write.Value}").Should().Equal(
            "cpu.shares=1024", "cpu.cfs_period_us=100000", "cpu.cfs_quota_us=50000", "cpuset.cpus=0", "memory.limit_in_bytes=1000",
            "memory.memsw.limit_in_bytes=3000", "pids.max=5", "hugetlb.2MB.limit_in_bytes=0");

    [Fact]
    public void Version_2_has_weights_one_quota_file_and_swap_apart_from_memory() =>
        UnifiedLimits.Of(All with { Unified = new Dictionary<string, string> { ["memory.high"] = "900" } }).Select(write => $"{write.File}={write.Value}").Should().Equal(
            "cpu.weight=39", "cpu.max=50000 100000", "cpuset.cpus=0", "memory.max=1000", "memory.swap.max=2000", "pids.max=5", "hugetlb.2MB.max=0", "memory.high=900");

    [Theory]
    [InlineData(2ul, 1ul)]
    [InlineData(1024ul, 39ul)]
    [InlineData(262144ul, 10000ul)]
    public void Shares_become_weights_as_in_every_runtime(ulong shares, ulong weight) => UnifiedLimits.Weight(shares).Should().Be(weight);

    [Fact]
    public void No_limit_is_max_in_version_2() =>
        UnifiedLimits.Of(new LinuxResources { Cpu = new() { Quota = -1 }, Memory = new() { Limit = -1, Swap = -1 }, Pids = new() { Limit = 0 } }).Select(write => write.Value)
            .Should().Equal("max 100000", "max", "max", "max");
}
