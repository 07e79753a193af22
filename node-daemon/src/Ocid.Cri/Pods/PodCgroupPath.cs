using Ocid.Runtime.Cgroups;
using Ocid.Runtime.Oci;

namespace Ocid.Cri.Pods;

/// <summary>Where a pod's containers are limited: the cgroup that the kubelet made for it, or one of our own.</summary>
internal static class PodCgroupPath
{
    // Not below a parent of ours, which would stay behind when the last such pod goes.
    private const string OwnPrefix = "/ocid-";
    private const string SliceSuffix = ".slice";
    private const string ScopePrefix = "ocid";

    public static CgroupPath Of(PodSandbox pod) => Path(Parent(pod));

    /// <summary>A container's cgroup in the words of the specification, which are other ones for systemd, and where its processes and limits are.</summary>
    public static (string Specified, CgroupPath Path) Child(PodSandbox pod, string id, RuntimeHandler runtime)
    {
        var parent = Parent(pod);
        if (!IsSlice(parent))
            return (Path(parent).Child(id).Value, Path(parent).Child(id));
        var slice = System.IO.Path.GetFileName(parent);
        var scope = SystemdCgroup.ScopePath(slice, ScopePrefix, id);
        return (SystemdCgroup.CgroupsPath(slice, ScopePrefix, id), runtime.CgroupInScope is { } below ? scope.Child(below) : scope);
    }

    /// <summary>True for one that nobody else made, and that goes with the pod.</summary>
    public static bool IsOwn(PodSandbox pod) => string.IsNullOrEmpty(pod.Spec.Config.Linux?.CgroupParent);

    /// <summary>True for the name of a slice, with or without the path to it, as kubelets write either.</summary>
    public static bool IsSlice(string parent) => parent.EndsWith(SliceSuffix, StringComparison.Ordinal);

    public static CgroupPath Path(string parent) => IsSlice(parent) ? SystemdCgroup.SlicePath(System.IO.Path.GetFileName(parent)) : CgroupPath.Parse(parent);

    /// <summary>The name of its slice; null where systemd makes no cgroups.</summary>
    public static string? SliceOf(PodSandbox pod) => IsSlice(Parent(pod)) ? System.IO.Path.GetFileName(Parent(pod)) : null;

    public static string Own(string id) => OwnPrefix + id;

    // A dash would make it a slice in ocid.slice, which systemd would keep.
    public static string OwnSlice(string id) => $"{ScopePrefix}_{id}{SliceSuffix}";

    private static string Parent(PodSandbox pod) => pod.Spec.CgroupParent ?? (IsOwn(pod) ? Own(pod.Id) : pod.Spec.Config.Linux.CgroupParent);
}
