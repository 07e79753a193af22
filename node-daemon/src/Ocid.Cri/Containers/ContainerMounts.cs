using Ocid.Cri.Pods;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Ocid.Spec.Mounts;

namespace Ocid.Cri.Containers;

/// <summary>The mounts of a container: those asked for, and the pod's files where the request has none of its own.</summary>
internal static class ContainerMounts
{
    public static IReadOnlyList<ContainerMount> Of(PodSandbox pod, V1.ContainerConfig config, IReadOnlyList<StagedVolume> staged)
    {
        var readOnlyRoot = config.Linux?.SecurityContext?.ReadonlyRootfs ?? false;
        var mounts = config.Mounts.Select((mount, i) => FromRequest(mount, staged.FirstOrDefault(s => s.Index == i)?.Source ?? RealSource(mount.HostPath))).ToList();
        foreach (var (destination, source) in ((string, string)[])[("/etc/resolv.conf", pod.ResolvConf), ("/etc/hostname", pod.Hostname), ("/etc/hosts", pod.Hosts)])
        {
            if (mounts.All(m => m.Destination != destination))
                mounts.Add(new ContainerMount { Source = source, Destination = destination, ReadOnly = readOnlyRoot });
        }

        return mounts;
    }

    private static ContainerMount FromRequest(V1.Mount mount, string source) => new()
    {
        Source = Propagating(mount, source),
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

    // The kernel passes nothing on from a mount that is not shared, and says nothing about it.
    private static string Propagating(V1.Mount mount, string source)
    {
        if (mount.Propagation == V1.MountPropagation.PropagationPrivate)
            return source;
        var holding = MountTable.Holding(source);
        string[] wanted = mount.Propagation == V1.MountPropagation.PropagationBidirectional ? ["shared:"] : ["shared:", "master:"];
        return holding is not null && holding.OptionalFields.Any(field => wanted.Any(one => field.StartsWith(one, StringComparison.Ordinal)))
            ? source
            : throw new OcidException(ErrorKind.FailedPrecondition, $"container: mount host_path {Quoted.Text(mount.HostPath)}: {holding?.MountPoint} is mounted there, which is no shared mount, and propagation is asked for");
    }

    /// <summary>Where a host path leads.</summary>
    /// <exception cref="OcidException">InvalidArgument: nothing is there.</exception>
    public static string RealSource(string hostPath)
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
