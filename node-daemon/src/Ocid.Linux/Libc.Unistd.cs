using System.Runtime.InteropServices;

namespace Ocid.Linux;

// unistd.h
internal static partial class Libc
{
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int close(int fd);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial nint read(int fd, byte* buf, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial nint write(int fd, byte* buf, nuint count);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fsync(int fd);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int syncfs(int fd);

    [LibraryImport(Library)]
    internal static partial int getpid();

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int fchownat(int dirfd, byte* path, uint owner, uint group, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fchown(int fd, uint owner, uint group);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int linkat(int olddirfd, byte* oldpath, int newdirfd, byte* newpath, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int symlinkat(byte* target, int dirfd, byte* path);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int unlinkat(int dirfd, byte* path, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int renameat(int olddirfd, byte* oldpath, int newdirfd, byte* newpath);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial nint copy_file_range(int fdIn, long* offIn, int fdOut, long* offOut, nuint len, uint flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial nint readlinkat(int dirfd, byte* path, byte* buf, nuint bufsiz);
}
