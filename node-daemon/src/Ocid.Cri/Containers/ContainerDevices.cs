using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Spec;

namespace Ocid.Cri.Containers;

/// <summary>The host's devices that a container gets: those asked for, or every one for a privileged container.</summary>
internal static class ContainerDevices
{
    // What the runtime makes for each container itself, and what is no device of the machine.
    private static readonly string[] NotTheMachines = ["/dev/pts", "/dev/shm", "/dev/mqueue", "/dev/fd", "/dev/console", "/dev/.lxc", "/dev/.lxd-mounts", "/dev/.udev"];

    public static IReadOnlyList<ContainerDevice> Of(V1.ContainerConfig config, bool everyOne)
    {
        using var host = RootedDirectory.Open("/");
        return everyOne
            ? [.. Below("/dev").Select(path => Node(path, path, "rwm", host)).OfType<ContainerDevice>()]
            : [.. config.Devices.SelectMany(device => Asked(device, host))];
    }

    /// <summary>The device node at a path of the host; null where there is none.</summary>
    public static ContainerDevice? Find(string path)
    {
        using var host = RootedDirectory.Open("/");
        return Node(path, path, "rwm", host);
    }

    // As for the kubelet's device plugins: a directory stands for the devices in it.
    private static IEnumerable<ContainerDevice> Asked(V1.Device device, RootedDirectory host)
    {
        var source = HostPath.Resolve(device.HostPath);
        if (!Directory.Exists(source))
        {
            yield return Node(source, device.ContainerPath, device.Permissions, host)
                ?? throw new OcidException(ErrorKind.InvalidArgument, $"container: device {Quoted.Text(device.HostPath)} is no device");
            yield break;
        }

        foreach (var path in Below(source))
        {
            if (Node(path, device.ContainerPath + path[source.Length..], device.Permissions, host) is { } node)
                yield return node;
        }
    }

    private static IEnumerable<string> Below(string directory)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(directory).Where(p => !NotTheMachines.Contains(p)))
        {
            if (new FileInfo(path).LinkTarget is not null)
                continue;
            foreach (var found in Directory.Exists(path) ? Below(path) : [path])
                yield return found;
        }
    }

    private static ContainerDevice? Node(string hostPath, string containerPath, string permissions, RootedDirectory host) => host.Status(hostPath) switch
    {
        { Kind: FileKind.CharacterDevice } status => Device(containerPath, 'c', permissions, status),
        { Kind: FileKind.BlockDevice } status => Device(containerPath, 'b', permissions, status),
        _ => null,
    };

    private static ContainerDevice Device(string path, char type, string permissions, FileStatus status) => new()
    {
        Path = path,
        Type = type,
        Major = status.NodeDevice.Major,
        Minor = status.NodeDevice.Minor,
        FileMode = status.Permissions,
        Uid = status.UserId,
        Gid = status.GroupId,
        Access = permissions.Length == 0 ? "rwm" : permissions,
    };
}
