using System.Runtime.InteropServices;

namespace Ocid.Linux;

// sys/mount.h
internal static partial class Libc
{
    internal const nuint MS_PRIVATE = 1 << 18;
    internal const int MNT_DETACH = 2;
    internal const int UMOUNT_NOFOLLOW = 8;

    internal const uint FSOPEN_CLOEXEC = 1;
    internal const uint FSMOUNT_CLOEXEC = 1;
    internal const uint FSCONFIG_SET_FLAG = 0;
    internal const uint FSCONFIG_SET_STRING = 1;
    internal const uint FSCONFIG_CMD_CREATE = 6;
    internal const uint MOVE_MOUNT_F_EMPTY_PATH = 4;
    internal const uint OPEN_TREE_CLONE = 1;
    internal const uint AT_RECURSIVE = 0x8000;
    internal const ulong MOUNT_ATTR_IDMAP = 0x00100000;

    [StructLayout(LayoutKind.Sequential)]
    internal struct mount_attr
    {
        public ulong attr_set;
        public ulong attr_clr;
        public ulong propagation;
        public ulong userns_fd;
    }

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int mount(string? source, string target, string? filesystemtype, nuint mountflags, string? data);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int umount2(string target, int flags);

    // Those below have no wrapper before glibc 2.36; their numbers are the same on every architecture.
    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint syscall_fsopen(nint number, string fsname, uint flags);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint syscall_fsconfig(nint number, nint fd, uint cmd, string? key, string? value, nint aux);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint syscall_fsmount(nint number, nint fd, uint flags, uint attributes);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint syscall_move_mount(nint number, nint fromDirectory, string fromPath, nint toDirectory, string toPath, uint flags);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint syscall_open_tree(nint number, nint directory, string path, uint flags);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial nint syscall_mount_setattr(nint number, nint directory, string path, uint flags, mount_attr* attributes, nuint size);

    internal static int open_tree(string path, uint flags) => (int)syscall_open_tree(428, AT_FDCWD, path, flags | (uint)O_CLOEXEC);

    internal static unsafe int mount_setattr(int fd, mount_attr attributes) =>
        (int)syscall_mount_setattr(442, fd, "", AT_EMPTY_PATH, &attributes, (nuint)sizeof(mount_attr));

    internal static int fsopen(string fsname, uint flags) => (int)syscall_fsopen(430, fsname, flags);

    internal static int fsconfig(int fd, uint cmd, string? key, string? value) => (int)syscall_fsconfig(431, fd, cmd, key, value, 0);

    internal static int fsmount(int fd, uint flags, uint attributes) => (int)syscall_fsmount(432, fd, flags, attributes);

    internal static int move_mount(int fd, string to) => (int)syscall_move_mount(429, fd, "", AT_FDCWD, to, MOVE_MOUNT_F_EMPTY_PATH);
}
