using System.Runtime.InteropServices;

namespace Ocid.Linux;

// linux/fs.h
internal static partial class Libc
{
    internal const nuint FICLONE = 0x40049409;

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int ioctl_clone(int fd, nuint request, int source);
}
