namespace Ocid.Linux.Mounting;

/// <summary>Mounting and unmounting in the mount namespace of the calling thread. The calls block.</summary>
public static class Mounts
{
    /// <summary>Mounts a file system.</summary>
    /// <param name="type">Its type, such as <c>tmpfs</c>.</param>
    /// <param name="source">The device, or a name to show.</param>
    /// <param name="target">An existing directory.</param>
    /// <param name="flags">Flags of the mount.</param>
    /// <param name="options">Options of the file system, comma separated, or null.</param>
    /// <exception cref="LinuxException">mount(2) failed.</exception>
    public static void Mount(string type, string source, string target, MountOptions flags = MountOptions.None, string? options = null) =>
        Syscall.Check(Libc.mount(source, target, type, (nuint)(uint)flags, options), "mount", target);

    /// <summary>Makes <paramref name="source"/> visible at <paramref name="target"/> too; both exist, both directories or both not.</summary>
    /// <exception cref="LinuxException">mount(2) failed.</exception>
    public static void Bind(string source, string target, bool recursive = false) =>
        Syscall.Check(Libc.mount(source, target, null, (nuint)(uint)(MountOptions.Bind | (recursive ? MountOptions.Recursive : 0)), null), "bind mount", target);

    /// <summary>Changes the flags of the mount at <paramref name="target"/>; the kernel ignores flags in the bind itself.</summary>
    /// <exception cref="LinuxException">mount(2) failed.</exception>
    public static void RemountBind(string target, MountOptions flags) =>
        Syscall.Check(Libc.mount(null, target, null, (nuint)(uint)(MountOptions.Bind | MountOptions.Remount | flags), null), "remount", target);

    /// <summary>Changes the propagation of a mount.</summary>
    /// <param name="target">The mount point.</param>
    /// <param name="propagation">One of Private, Slave, Shared and Unbindable, with Recursive for the whole tree.</param>
    /// <exception cref="LinuxException">mount(2) failed.</exception>
    public static void SetPropagation(string target, MountOptions propagation) =>
        Syscall.Check(Libc.mount(null, target, null, (nuint)(uint)propagation, null), "change propagation", target);

    /// <summary>Unmounts the topmost mount at <paramref name="target"/>; a symlink there is not followed.</summary>
    /// <param name="target">The mount point.</param>
    /// <param name="detach">Take it out of the tree now, and free it once nobody uses it any more.</param>
    /// <returns>False when nothing is mounted there.</returns>
    /// <exception cref="LinuxException">umount2(2) failed; FailedPrecondition when the mount is busy.</exception>
    public static bool Unmount(string target, bool detach = false)
    {
        if (Libc.umount2(target, Libc.UMOUNT_NOFOLLOW | (detach ? Libc.MNT_DETACH : 0)) == 0)
            return true;
        return Syscall.LastErrno is Errno.EINVAL or Errno.ENOENT ? false : throw LinuxException.Last("unmount", target);
    }

    /// <summary>Mounts an overlay: through the file system context calls where the kernel has <c>lowerdir+</c> (6.7), else through mount(2).</summary>
    /// <exception cref="LinuxException">The kernel refused; the message has its own text where it gives one.</exception>
    public static Task OverlayAsync(OverlayMount overlay) => Overlays.MountAsync(overlay);
}
