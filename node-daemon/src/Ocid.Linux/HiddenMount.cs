namespace Ocid.Linux;

// Takes one mount out of the calling thread's view. Only the mount above it is made private, so that the removal stays
// here; all others keep their propagation, which a container may have been asked to share.
internal static class HiddenMount
{
    public static void HideFromThisThread(string path)
    {
        var mountPoints = MountPoints();
        if (!mountPoints.Contains(path))
            return;
        Syscall.Check(Libc.unshare(Libc.CLONE_NEWNS), "unshare", "CLONE_NEWNS");
        var above = mountPoints.Where(point => IsAbove(point, path)).MaxBy(point => point.Length) ?? "/";
        Syscall.Check(Libc.mount(null, above, null, Libc.MS_PRIVATE, null), "mount", above);
        Syscall.Check(Libc.umount2(path, Libc.MNT_DETACH), "umount2", path);
    }

    private static bool IsAbove(string point, string path) =>
        point == "/" || (path.Length > point.Length && path[point.Length] == '/' && path.StartsWith(point, StringComparison.Ordinal));

    // The fifth field of mountinfo. An escaped character in a mount point does not matter: what is hidden has none.
    private static List<string> MountPoints() =>
        [.. File.ReadLines("/proc/thread-self/mountinfo").Select(line => line.Split(' ')[4])];
}
