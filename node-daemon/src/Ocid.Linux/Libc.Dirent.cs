using System.Runtime.InteropServices;

namespace Ocid.Linux;

// dirent.h
internal static partial class Libc
{
    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial nint getdents64(int fd, byte* buffer, nuint size);
}
