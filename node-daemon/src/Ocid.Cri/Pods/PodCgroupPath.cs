using Ocid.Runtime.Cgroups;

namespace Ocid.Cri.Pods;

/// <summary>Where a pod's containers are limited: the cgroup that the kubelet made for it, or one of our own.</summary>
internal static class PodCgroupPath
{
    // Not below a parent of ours, which would stay behind when the last such pod goes.
    private const string OwnPrefix = "/ocid-";

    public static CgroupPath Of(PodSandbox pod) =>
        CgroupPath.Parse(IsOwn(pod) ? OwnPrefix + pod.Id : pod.Spec.Config.Linux.CgroupParent);

    /// <summary>True for one that nobody else made, and that goes with the pod.</summary>
    public static bool IsOwn(PodSandbox pod) => string.IsNullOrEmpty(pod.Spec.Config.Linux?.CgroupParent);
}
