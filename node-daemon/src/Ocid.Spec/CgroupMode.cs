namespace Ocid.Spec;

/// <summary>How the host's cgroups are mounted.</summary>
public enum CgroupMode
{
    /// <summary>One hierarchy, cgroup v2, at /sys/fs/cgroup.</summary>
    Unified,

    /// <summary>Hierarchies of cgroup v1 only.</summary>
    Legacy,

    /// <summary>Hierarchies of cgroup v1 and a cgroup v2 mount at /sys/fs/cgroup/unified.</summary>
    Hybrid,
}
