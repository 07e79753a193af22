using System.Collections.Frozen;

namespace Ocid.Runtime.Cgroups;

// Super block options of a v1 mount are controllers and flags (rw, xattr, clone_children) in one list.
internal static class LegacyControllers
{
    public static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "blkio", "cpu", "cpuacct", "cpuset", "debug", "devices", "freezer", "hugetlb", "memory", "misc", "net_cls", "net_prio", "perf_event", "pids", "rdma");
}
