using Ocid.Linux;
using Ocid.Linux.Namespaces;

namespace Ocid.Cri.Containers;

/// <summary>
/// The paths that an image declares as volumes: directories in the container's own writable layer, as CRI-O makes them. A
/// pod that wants them to live longer mounts something there.
/// </summary>
internal static class ImageVolumes
{
    public static void EnsureDirectories(ContainerRoot container, IReadOnlyList<string> volumes)
    {
        using var root = RootedDirectory.Open(container.Path);
        foreach (var volume in volumes)
        {
            var isNew = root.Status(volume) is null;
            root.CreateDirectories(volume).Dispose();
            if (isNew && container.Users is { } users)
                GiveTo(users, root, volume);
        }
    }

    private static void GiveTo(PinnedUserNamespace users, RootedDirectory root, UnixPath volume)
    {
        var (parent, name) = volume.Split();
        using var directory = root.OpenDirectory(parent);
        directory.SetOwner(name, users.RootUid, users.RootGid);
    }
}
