using Ocid.Primitives;

namespace Ocid.Cri.Pods;

/// <summary>Which cgroup a new pod is put below, by who makes cgroups on this node.</summary>
internal sealed class PodCgroupRules(bool systemd)
{
    /// <summary>The parent asked for, or one of the pod's own.</summary>
    /// <exception cref="OcidException">InvalidArgument: the caller reckons with the other driver, or it is no path of a cgroup.</exception>
    public string ParentOf(string asked, PodSandboxId id)
    {
        if (asked.Length == 0)
            return systemd ? PodCgroupPath.OwnSlice(id.Value) : PodCgroupPath.Own(id.Value);
        if (PodCgroupPath.IsSlice(asked) != systemd)
            throw new OcidException(ErrorKind.InvalidArgument, $"pod sandbox: cgroup_parent {Quoted.Text(asked)}: this node's cgroup driver is {(systemd ? "systemd" : "cgroupfs")}, and this is {(systemd ? "no slice" : "a slice of systemd's")}");
        PodCgroupPath.Path(asked);
        return asked;
    }
}
