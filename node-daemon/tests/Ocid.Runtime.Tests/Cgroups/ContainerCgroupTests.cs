using Ocid.Primitives;
using Ocid.Runtime.Cgroups;
using Ocid.Runtime.Cgroups.Stats;

namespace Ocid.Runtime.Tests.Cgroups;

public sealed class ContainerCgroupTests
{
    private static readonly DeviceIo[] Io = [new(8, 0, 4096, 20971520, 1, 41), new(259, 1, 512, 0, 1, 0)];

    [Fact]
    public void Version_1_is_read_from_a_directory_a_controller()
    {
        var stats = Of("v1").Read();

        stats.Cpu.Should().Be(new CpuUsage(170938286, 24000000, 156000000, 35, 34, 3019003118));
        stats.Memory.Should().Be(new MemoryUsage
        {
            Usage = 397312, WorkingSet = 389120, Limit = 67108864, Available = 67108864 - 389120, Rss = 102400, Cache = 8192, MappedFile = 4096,
            Kernel = 20480, Peak = 67108864, LimitHits = 225, PageFaults = 16959, MajorPageFaults = 1,
        });
        stats.Swap.Should().Be(new SwapUsage(10000, 67108864 - 10000));
        stats.Pids.Should().Be(new PidsUsage(3, 50));
        stats.Io.Should().BeEquivalentTo(Io);
        stats.CpuPressure.Should().BeNull();
    }

    [Fact]
    public void Version_2_is_read_from_one_directory()
    {
        var stats = Of("v2").Read();

        stats.Cpu.Should().Be(new CpuUsage(170938000, 24000000, 146938000, 35, 34, 3019003000));
        stats.Memory.Should().Be(new MemoryUsage
        {
            Usage = 1048576, WorkingSet = 786432, Limit = 67108864, Available = 67108864 - 786432, Rss = 409600, Cache = 524288, MappedFile = 8192,
            Kernel = 98304, Peak = 2097152, LimitHits = 225, PageFaults = 16959, MajorPageFaults = 2,
        });
        stats.Swap.Should().Be(new SwapUsage(4096, null));
        stats.Pids.Should().Be(new PidsUsage(3, null));
        stats.Io.Should().StartWith(Io);
        stats.CpuPressure.Should().Be(new PressureStall(new PressureLine(1.5, 0.25, 0.05, 123456), new PressureLine(0.5, 0.1, 0, 65432)));
        stats.MemoryPressure!.Some.TotalMicroseconds.Should().Be(10);
        stats.IoPressure.Should().BeNull();
    }

    [Theory]
    [InlineData("v1", "/kubepods/c1")]
    [InlineData("v2", "/kubepods.slice/c1")]
    public void Out_of_memory_kills_are_counted(string host, string path)
    {
        Of(host).ReadOomKills().Should().Be(1);
        ContainerCgroup.At(CgroupHierarchies.Read(CapturedFiles.Root(host)), CgroupPath.Parse(path)).ReadOomKills().Should().Be(1);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public void A_cgroup_that_is_gone_reads_as_nothing(string host)
    {
        var cgroup = ContainerCgroup.At(CgroupHierarchies.Read(CapturedFiles.Root(host)), CgroupPath.Parse("/gone"));

        cgroup.Exists.Should().BeFalse();
        cgroup.Read().Should().BeEquivalentTo(new CgroupStats());
        cgroup.ReadOomKills().Should().BeNull();
    }

    [Fact]
    public void The_kernel_is_asked_to_kill_where_it_can()
    {
        var directory = Directory.CreateTempSubdirectory("ocid-cgroup-").FullName;
        try
        {
            new UnifiedCgroup(directory).TryKill().Should().BeFalse("Linux before 5.14 has no such file");
            var file = Path.Combine(directory, "cgroup.kill");
            File.WriteAllText(file, "");
            new UnifiedCgroup(directory).TryKill().Should().BeTrue();
            File.ReadAllText(file).Should().Be("1");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        new UnifiedCgroup("/nonexistent/gone").TryKill().Should().BeFalse();
        Of("v1").TryKill().Should().BeFalse();
    }

    [Fact]
    public void A_process_that_is_gone_is_not_found() =>
        FluentActions.Invoking(() => ContainerCgroup.Of(CgroupHierarchies.Read(CapturedFiles.Root("v2")), 8, CapturedFiles.Root("v2")))
            .Should().Throw<OcidException>().Which.Kind.Should().Be(ErrorKind.NotFound);

    private static ContainerCgroup Of(string host) => ContainerCgroup.Of(CgroupHierarchies.Read(CapturedFiles.Root(host)), 7, CapturedFiles.Root(host));
}
