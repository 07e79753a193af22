using Ocid.Linux;

namespace Ocid.Cri.Containers;

/// <summary>
/// The paths that an image declares as volumes: directories in the container's own writable layer, as CRI-O makes them. A
/// pod that wants them to live longer mounts something there.
/// </summary>
internal static class ImageVolumes
{
    public static void EnsureDirectories(string rootfs, IReadOnlyList<string> volumes)
    {
        using var root = RootedDirectory.Open(rootfs);
        foreach (var volume in volumes)
            root.CreateDirectories(volume).Dispose();
    }
}
