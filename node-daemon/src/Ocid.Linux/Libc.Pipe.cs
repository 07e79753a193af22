using System.Runtime.InteropServices;

namespace Ocid.Linux;

// The parts of unistd.h and fcntl.h that pipes need. fcntl is variadic; Linux passes its third argument like any other
// on x86-64 and arm64.
internal static partial class Libc
{
    internal const int F_GETFD = 1;
    internal const int F_SETFD = 2;
    internal const int F_GETFL = 3;
    internal const int F_SETFL = 4;
    internal const int F_SETPIPE_SZ = 1031;
    internal const int F_GETPIPE_SZ = 1032;
    internal const int F_DUPFD_CLOEXEC = 1030;
    internal const int FD_CLOEXEC = 1;
    internal const uint SPLICE_F_NONBLOCK = 2;

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int pipe2(int* fds, int flags);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int fcntl_int(FileDescriptor fd, int command, nint argument);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial nint tee(FileDescriptor from, FileDescriptor to, nuint length, uint flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial nint splice(FileDescriptor from, long* fromOffset, FileDescriptor to, long* toOffset, nuint length, uint flags);

    [LibraryImport(Library, EntryPoint = "read", SetLastError = true)]
    internal static unsafe partial nint read_fd(FileDescriptor fd, byte* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "write", SetLastError = true)]
    internal static unsafe partial nint write_fd(FileDescriptor fd, byte* buffer, nuint count);
}
