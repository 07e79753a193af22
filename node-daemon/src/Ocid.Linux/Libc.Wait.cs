using System.Runtime.InteropServices;

namespace Ocid.Linux;

// sys/wait.h
internal static partial class Libc
{
    internal const int P_ALL = 0;
    internal const int P_PID = 1;
    internal const int P_PIDFD = 3;
    internal const int WNOHANG = 1;
    internal const int WEXITED = 4;
    internal const int WNOWAIT = 0x01000000;
    internal const int CLD_EXITED = 1;

    // siginfo_t as the kernel fills it for SIGCHLD on 64-bit machines.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    internal struct siginfo_t
    {
        [FieldOffset(8)]
        public int si_code;
        [FieldOffset(16)]
        public int si_pid;
        [FieldOffset(24)]
        public int si_status;
    }

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int waitid(int idType, int id, ref siginfo_t info, int options);
}
