using Ocid.Runtime.Cgroups;
using Ocid.Spec;

namespace Ocid.Runtime.Tests.Cgroups;

public sealed class CgroupHierarchiesTests
{
    [Fact]
    public void Controllers_of_version_1_beside_version_2_are_hybrid()
    {
        var hierarchies = CgroupHierarchies.Read(CapturedFiles.Root("v1"));

        hierarchies.Mode.Should().Be(CgroupMode.Hybrid);
        hierarchies.Controllers().Should().BeEquivalentTo("cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "blkio", "pids");
    }

    [Fact]
    public void Version_2_alone_is_unified()
    {
        var hierarchies = CgroupHierarchies.Read(CapturedFiles.Root("v2"));

        hierarchies.Mode.Should().Be(CgroupMode.Unified);
        hierarchies.Controllers().Should().Contain(["cpu", "memory", "pids", "hugetlb"]);
    }

    [Fact]
    public void Controllers_that_share_a_mount_are_found_apart()
    {
        var hierarchies = CgroupHierarchies.Parse("33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw shared:1 - cgroup cgroup rw,xattr,cpu,cpuacct\n");

        hierarchies.Mode.Should().Be(CgroupMode.Legacy);
        hierarchies.Controllers().Should().BeEquivalentTo("cpu", "cpuacct");
    }

    [Fact]
    public void A_named_hierarchy_beside_version_2_is_still_unified() =>
        CgroupHierarchies.Parse("1 1 0:1 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n2 1 0:2 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd\n")
            .Mode.Should().Be(CgroupMode.Unified);

    [Fact]
    public void A_path_is_taken_from_the_mounts_own_root() =>
        new CgroupMount("/sys/fs/cgroup/memory", "/docker/c").Locate("/docker/c/kubepods/p").Should().Be("/sys/fs/cgroup/memory/kubepods/p");
}
