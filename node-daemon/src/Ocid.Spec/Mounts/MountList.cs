using Ocid.Primitives;
using Ocid.Spec.Schema;

namespace Ocid.Spec.Mounts;

// Default mounts, then those asked for, each parent before what lies below it.
internal static class MountList
{
    private const string Shm = "/dev/shm";

    public static IReadOnlyList<SpecMount> Generate(ContainerSpecRequest request)
    {
        var asked = request.Mounts.Select(Bind).ToList();
        var taken = asked.Select(mount => mount.Destination).ToHashSet(StringComparer.Ordinal);
        return [.. Defaults(request).Where(mount => !IsReplaced(mount.Destination, taken)).Concat(asked).OrderBy(mount => Depth(mount.Destination))];
    }

    /// <summary>What mount propagation asks of the root: the strongest of all mounts.</summary>
    public static string? RootPropagation(IReadOnlyList<ContainerMount> mounts)
    {
        if (mounts.Any(mount => mount.Propagation == MountPropagation.Bidirectional))
            return "rshared";
        return mounts.Any(mount => mount.Propagation == MountPropagation.HostToContainer) ? "rslave" : null;
    }

    private static IEnumerable<SpecMount> Defaults(ContainerSpecRequest request)
    {
        string[] writable = request.Privileged ? ["rw"] : ["ro"];
        yield return new SpecMount { Destination = "/proc", Type = "proc", Source = "proc", Options = ["nosuid", "noexec", "nodev"] };
        yield return new SpecMount { Destination = "/dev", Type = "tmpfs", Source = "tmpfs", Options = ["nosuid", "strictatime", "mode=755", "size=65536k"] };
        yield return new SpecMount
        {
            Destination = "/dev/pts", Type = "devpts", Source = "devpts",
            Options = ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"],
        };
        yield return Has(request, NamespaceKind.Ipc) || !Has(request, NamespaceKind.User)
            ? new SpecMount { Destination = "/dev/mqueue", Type = "mqueue", Source = "mqueue", Options = ["nosuid", "noexec", "nodev"] }
            : new SpecMount { Destination = "/dev/mqueue", Type = "bind", Source = "/dev/mqueue", Options = ["rbind", "rprivate", "nosuid", "noexec", "nodev"] };
        yield return SharedMemory(request.ShmPath);
        // sysfs can be mounted only by the owner of the network namespace: a user namespace without a network of its own has to bind the host's.
        yield return Has(request, NamespaceKind.Network) || !Has(request, NamespaceKind.User)
            ? new SpecMount { Destination = "/sys", Type = "sysfs", Source = "sysfs", Options = ["nosuid", "noexec", "nodev", .. writable] }
            : new SpecMount { Destination = "/sys", Type = "bind", Source = "/sys", Options = ["rbind", "rprivate", "nosuid", "noexec", "nodev", .. writable] };
        yield return new SpecMount
        {
            Destination = "/sys/fs/cgroup", Type = "cgroup", Source = "cgroup",
            Options = ["nosuid", "noexec", "nodev", "relatime", .. writable],
        };
    }

    private static SpecMount SharedMemory(string? path) => path is null
        ? new SpecMount { Destination = Shm, Type = "tmpfs", Source = "shm", Options = ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"] }
        : new SpecMount { Destination = Shm, Type = "bind", Source = path, Options = ["rbind", "rprivate", "nosuid", "noexec", "nodev", "rw"] };

    // A mount at /dev or /sys brings its own tree along, so the defaults below it would hide parts of it; the pod's shared memory stays.
    private static bool IsReplaced(string destination, HashSet<string> taken) =>
        taken.Contains(destination)
        || (destination != Shm && taken.Any(mount => destination.StartsWith(mount + "/", StringComparison.Ordinal)));

    private static SpecMount Bind(ContainerMount mount)
    {
        if (mount.RecursiveReadOnly && (!mount.ReadOnly || mount.Propagation != MountPropagation.Private))
            throw new OcidException(ErrorKind.InvalidArgument, $"mount {Quoted.Text(mount.Destination)}: recursive read-only needs a read-only mount of private propagation");

        var mapped = mount.UidMappings.Count > 0 || mount.GidMappings.Count > 0;
        return new SpecMount
        {
            Destination = AbsolutePath.Normalise("mount destination", mount.Destination),
            Type = "bind",
            Source = AbsolutePath.Normalise("mount source", mount.Source),
            Options =
            [
                "rbind",
                Propagation(mount.Propagation),
                mount.RecursiveReadOnly ? "rro" : mount.ReadOnly ? "ro" : "rw",
                .. mapped ? ["ridmap"] : Array.Empty<string>(),
                .. mount.Options.Except(["rbind", "bind", "ro", "rw"], StringComparer.Ordinal),
            ],
            UidMappings = mapped ? mount.UidMappings : null,
            GidMappings = mapped ? mount.GidMappings : null,
        };
    }

    private static string Propagation(MountPropagation propagation) => propagation switch
    {
        MountPropagation.Private => "rprivate",
        MountPropagation.HostToContainer => "rslave",
        _ => "rshared",
    };

    private static bool Has(ContainerSpecRequest request, NamespaceKind kind) => request.Namespaces.Any(space => space.Kind == kind);

    private static int Depth(string path) => path == "/" ? 0 : path.Count(c => c == '/');
}
