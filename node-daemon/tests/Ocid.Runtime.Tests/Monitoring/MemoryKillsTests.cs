using Ocid.Runtime.Cgroups;
using Ocid.Runtime.Monitoring.Server;

namespace Ocid.Runtime.Tests.Monitoring;

public sealed class MemoryKillsTests : IDisposable
{
    private static readonly CgroupPath Eater = CgroupPath.Parse("/pod.slice/eater.scope");
    private static readonly CgroupPath Other = CgroupPath.Parse("/pod.slice/other.scope");
    private readonly string _root = Directory.CreateTempSubdirectory("ocid-kills-").FullName;
    private readonly MemoryKills _kills;

    public MemoryKillsTests()
    {
        Directory.CreateDirectory(Path.Combine(_root, "proc/self"));
        File.WriteAllText(Path.Combine(_root, "proc/self/mountinfo"), "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        _kills = new MemoryKills(CgroupHierarchies.Read(_root));
        Count("/pod.slice", 0);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Those_of_a_container_whose_cgroup_is_there_are_in_it()
    {
        Begin(Eater);
        Count(Eater.Value, 1);
        Count("/pod.slice", 3);

        _kills.End(Eater).Should().Be(1);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("/container", "/container")] // as crun makes them
    [InlineData("/container", "")]
    public void Those_of_a_container_whose_cgroup_is_gone_are_what_the_pods_cgroup_has_more_than_the_others(string below, string belowOther)
    {
        var eater = CgroupPath.Parse(Eater.Value + below);
        var other = CgroupPath.Parse(Other.Value + belowOther);
        Count("/pod.slice", 5); // of containers before
        Begin(other);
        Begin(eater);
        Count(other.Value, 2);
        Count("/pod.slice", 8);

        Remove(Eater);

        _kills.End(eater).Should().Be(1);
    }

    [Fact]
    public void Those_of_a_container_that_has_ended_are_not_counted_for_another()
    {
        Begin(Other);
        Begin(Eater);
        Count("/pod.slice", 1);
        Remove(Eater);
        _kills.End(Eater).Should().Be(1);
        Begin(Eater); // its next attempt
        Count(Eater.Value, 1);
        Count("/pod.slice", 2);
        _kills.End(Eater).Should().Be(1);

        Remove(Eater);
        Remove(Other);

        _kills.End(Other).Should().Be(0);
    }

    [Fact]
    public void A_monitor_that_begins_in_the_middle_counts_what_was_there()
    {
        Count(Eater.Value, 1);
        Count("/pod.slice", 4);
        _kills.Begin(Eater);
        Count("/pod.slice", 5);

        Remove(Eater);

        _kills.End(Eater).Should().Be(2);
    }

    [Fact]
    public void Without_a_cgroup_nothing_is_counted()
    {
        _kills.Begin(null);
        _kills.End(null).Should().Be(0);
        _kills.End(Eater).Should().Be(0);
    }

    private void Begin(CgroupPath container)
    {
        Count(container.Value, 0);
        _kills.Begin(container);
    }

    private void Remove(CgroupPath container) => Directory.Delete(Cgroup(container.Value), recursive: true);

    private void Count(string cgroup, int kills)
    {
        Directory.CreateDirectory(Cgroup(cgroup));
        File.WriteAllText(Path.Combine(Cgroup(cgroup), "memory.events"), $"low 0\nhigh 0\nmax 9\noom 9\noom_kill {kills}\noom_group_kill 0\n");
    }

    private string Cgroup(string path) => Path.Combine(_root, "sys/fs/cgroup", path[1..]);
}
