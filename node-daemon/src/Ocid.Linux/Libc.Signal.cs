using System.Runtime.InteropServices;

namespace Ocid.Linux;

// signal.h
internal static partial class Libc
{
    internal const int SIGKILL = 9;
    internal const int SIGSTOP = 19;
    internal const int SignalSetSize = 128;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int kill(int pid, int signal);

    [LibraryImport(Library)]
    internal static unsafe partial int sigemptyset(byte* set);

    [LibraryImport(Library)]
    internal static unsafe partial int sigdelset(byte* set, int signal);
}
