using System.Runtime.InteropServices;

namespace Ocid.Linux;

// What a process does to itself: sys/prctl.h, unistd.h (execve), sys/mman.h (memfd_create, madvise). prctl is variadic; Linux passes
// its arguments like any other on x86-64 and arm64.
internal static partial class Libc
{
    internal const int PR_SET_CHILD_SUBREAPER = 36;
    internal const uint MFD_CLOEXEC = 1;
    internal const int MADV_DONTNEED = 4;

    [LibraryImport(Library)]
    internal static partial uint geteuid();

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int prctl(int option, nint argument2, nint argument3, nint argument4, nint argument5);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int execve(string path, byte** arguments, byte** environment);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int memfd_create(string name, uint flags);

    [LibraryImport(Library)]
    internal static partial int madvise(nint address, nuint length, int advice);

    [LibraryImport(Library, EntryPoint = "lseek", SetLastError = true)]
    internal static partial long lseek_fd(FileDescriptor fd, long offset, int whence);

    [LibraryImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    internal static partial int ftruncate_fd(FileDescriptor fd, long length);
}
