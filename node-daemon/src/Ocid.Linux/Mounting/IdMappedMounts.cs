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
    /// <param name="propagation">Private; or Slave, to see later what is mounted below the source.</param>
    /// <exception cref="LinuxException">InvalidArgument: the file system cannot. Else the call that failed.</exception>
    public static void Bind(string source, string target, PinnedUserNamespace space, bool recursive, MountOptions propagation = MountOptions.Private)
    {
        ArgumentNullException.ThrowIfNull(space);
        using var ids = NamespaceCalls.Open(space.Path);
        using var tree = Map(source, ids, recursive, propagation);
        Syscall.Check(Libc.move_mount((int)tree.DangerousGetHandle(), target), "move_mount", target);
    }

    /// <summary>Why the ids of a directory's file system cannot be mapped here; null when they can. Makes a user namespace for the moment. Blocks.</summary>
    public static string? WhyNot(string directory)
    {
        try
        {
            using var holder = NamespaceHolder.Start(NamespaceKinds.None);
            var some = new IdRange(1 << 16, 1 << 16);
            holder.MapIds(some, some);
            using var ids = NamespaceCalls.Open(holder.Path("user"));
            Map(directory, ids, recursive: false, MountOptions.Private).Dispose();
            return null;
        }
        catch (Primitives.OcidException cannot)
        {
            return cannot.Message;
        }
    }

    private static SafeFileHandle Map(string source, FileDescriptor ids, bool recursive, MountOptions propagation)
    {
        var tree = new SafeFileHandle(Syscall.Check(Libc.open_tree(source, Libc.OPEN_TREE_CLONE | (recursive ? Libc.AT_RECURSIVE : 0)), "open_tree", source), ownsHandle: true);
        var attributes = new Libc.mount_attr { attr_set = Libc.MOUNT_ATTR_IDMAP, propagation = (ulong)propagation, userns_fd = (ulong)ids.Number };
        if (Libc.mount_setattr((int)tree.DangerousGetHandle(), attributes) == 0)
            return tree;
        var refused = LinuxException.Last("map the ids of", source);
        tree.Dispose();
        throw refused;
    }
}
