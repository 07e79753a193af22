using System.Runtime.InteropServices;

namespace Ocid.Linux;

// The part of fcntl.h that locks. Integers and pointers of a variadic call travel in registers on Linux for x86-64 and
// arm64 alike.
internal static partial class Libc
{
    internal const int O_RDWR = 2;

    internal const short F_RDLCK = 0;
    internal const short F_WRLCK = 1;
    internal const short F_UNLCK = 2;
    internal const int F_OFD_GETLK = 36;
    internal const int F_OFD_SETLK = 37;
    internal const int F_OFD_SETLKW = 38;

    [StructLayout(LayoutKind.Sequential)]
    internal struct flock_t
    {
        public short l_type;
        public short l_whence;
        public long l_start;
        public long l_len;
        public int l_pid;
    }

    [LibraryImport(Library, EntryPoint = "open64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int open(string path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "fcntl64", SetLastError = true)]
    internal static partial int fcntl_lock(int fd, int cmd, ref flock_t region);
}
