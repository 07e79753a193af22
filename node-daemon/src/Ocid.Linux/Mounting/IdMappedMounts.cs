using Microsoft.Win32.SafeHandles;
using Ocid.Linux.Namespaces;

namespace Ocid.Linux.Mounting;

/// <summary>Views of trees whose ids on disk are taken for ids inside a user namespace. Needs Linux 5.12 and a file system that allows it.</summary>
/// <remarks>https://man7.org/linux/man-pages/man2/mount_setattr.2.html, MOUNT_ATTR_IDMAP</remarks>
public static class IdMappedMounts
{
    /// <summary>Shows at <paramref name="target"/> what is at <paramref name="source"/>; mounts below it come along as they are. Blocks.</summary>
    /// <param name="source">A directory or a file.</param>
    /// <param name="target">What exists and is of the same kind.</param>
    /// <param name="space">Whose ids.</param>
    /// <param name="recursive">Whether mounts below the source come along.</param>
    /// <exception cref="LinuxException">InvalidArgument: the file system cannot. Else the call that failed.</exception>
    public static void Bind(string source, string target, PinnedUserNamespace space, bool recursive)
    {
        ArgumentNullException.ThrowIfNull(space);
        using var tree = new SafeFileHandle(
            Syscall.Check(Libc.open_tree(source, Libc.OPEN_TREE_CLONE | (recursive ? Libc.AT_RECURSIVE : 0)), "open_tree", source), ownsHandle: true);
        using var ids = NamespaceCalls.Open(space.Path);
        var attributes = new Libc.mount_attr { attr_set = Libc.MOUNT_ATTR_IDMAP, propagation = Libc.MS_PRIVATE, userns_fd = (ulong)ids.Number };
        Syscall.Check(Libc.mount_setattr((int)tree.DangerousGetHandle(), attributes), "map the ids of", source);
        Syscall.Check(Libc.move_mount((int)tree.DangerousGetHandle(), target), "move_mount", target);
    }
}
