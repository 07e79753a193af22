using Ocid.Cri.Pods;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Spec.Mounts;

namespace Ocid.Cri.Containers;

/// <summary>The mounts of a container: those asked for, and the pod's files where the request has none of its own.</summary>
internal static class ContainerMounts
{
    public static IReadOnlyList<ContainerMount> Of(PodSandbox pod, V1.ContainerConfig config)
    {
        var readOnlyRoot = config.Linux?.SecurityContext?.ReadonlyRootfs ?? false;
        var mounts = config.Mounts.Select(FromRequest).ToList();
        foreach (var (destination, source) in ((string, string)[])[("/etc/resolv.conf", pod.ResolvConf), ("/etc/hostname", pod.Hostname), ("/etc/hosts", pod.Hosts)])
        {
            if (mounts.All(m => m.Destination != destination))
                mounts.Add(new ContainerMount { Source = source, Destination = destination, ReadOnly = readOnlyRoot });
        }

        return mounts;
    }

    private static ContainerMount FromRequest(V1.Mount mount) => new()
    {
        Source = RealSource(mount.HostPath),
        Destination = mount.ContainerPath,
        ReadOnly = mount.Readonly,
        RecursiveReadOnly = mount.RecursiveReadOnly,
        Propagation = mount.Propagation switch
        {
            V1.MountPropagation.PropagationBidirectional => MountPropagation.Bidirectional,
            V1.MountPropagation.PropagationHostToContainer => MountPropagation.HostToContainer,
            _ => MountPropagation.Private,
        },
    };

    private static string RealSource(string hostPath)
    {
        try
        {
            return HostPath.Resolve(hostPath);
        }
        catch (LinuxException missing)
        {
            throw new OcidException(ErrorKind.InvalidArgument, $"container: mount host_path {Quoted.Text(hostPath)}: {missing.Message}", missing);
        }
    }
}
