using System.Text;

namespace Ocid.Linux.Namespaces;

// Single calls around namespaces, made outside a script.
internal static unsafe class NamespaceCalls
{
    public const int AT_FDCWD = -100;
    public const int O_RDONLY = 0;
    public const int O_WRONLY = 1;
    public const int O_CLOEXEC = 0x80000;
    public const int MS_BIND = 0x1000;
    public const int MNT_DETACH = 2;
    public const int UMOUNT_NOFOLLOW = 8;

    public static FileDescriptor Open(string path)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(path + "\0"))
            return new FileDescriptor((int)Check(Libc.raw_syscall(SyscallNumbers.openat, AT_FDCWD, (nint)text, O_RDONLY | O_CLOEXEC, 0, 0), "open", path));
    }

    public static void Unshare(NamespaceKinds kinds) =>
        Check(Libc.raw_syscall(SyscallNumbers.unshare, (nint)kinds, 0, 0, 0, 0), "unshare", kinds.ToString());

    public static void Enter(FileDescriptor target, NamespaceKinds kind, string path) =>
        Check(Libc.raw_syscall(SyscallNumbers.setns, target.Number, (nint)kind, 0, 0, 0), "setns", path);

    private static nint Check(nint result, string call, string target) =>
        result >= 0 ? result : throw new LinuxException(call, target, (Errno)System.Runtime.InteropServices.Marshal.GetLastSystemError());
}
