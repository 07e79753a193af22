using System.Runtime.InteropServices;

namespace Ocid.Linux;

// sys/pidfd.h, linux/pidfd.h: the numbers are the same on x86-64 and arm64. Older C libraries have no wrappers.
internal static partial class Libc
{
    private const nint SYS_pidfd_send_signal = 424;
    private const nint SYS_pidfd_open = 434;
    internal const ulong PIDFD_INFO_EXIT = 1 << 3;
    internal const nuint PIDFD_GET_INFO = 0xC040FF0B; // _IOWR(0xFF, 11, 64 bytes)

    // The first published size of struct pidfd_info; the kernel goes by the size in the request's number.
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pidfd_info
    {
        public ulong mask;
        public ulong cgroupid;
        public fixed uint ids[11];
        public int exit_code;
    }

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint syscall_pidfd_open(nint number, int pid, uint flags);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint syscall_pidfd_send_signal(nint number, FileDescriptor pidfd, int signal, nint info, uint flags);

    internal static int pidfd_open(int pid) => (int)syscall_pidfd_open(SYS_pidfd_open, pid, 0);

    internal static int pidfd_send_signal(FileDescriptor pidfd, int signal) =>
        (int)syscall_pidfd_send_signal(SYS_pidfd_send_signal, pidfd, signal, 0, 0);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int ioctl_pidfd(FileDescriptor fd, nuint request, ref pidfd_info info);
}
