using System.Runtime.InteropServices;

namespace Ocid.Linux;

// sys/stat.h
internal static partial class Libc
{
    internal const uint STATX_BASIC_STATS = 0x7ff;

    [StructLayout(LayoutKind.Sequential)]
    internal struct statx_timestamp
    {
        public long tv_sec;
        public uint tv_nsec;
        public int reserved;
    }

    // The same layout on every architecture.
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    internal struct statx_buffer
    {
        public uint stx_mask;
        public uint stx_blksize;
        public ulong stx_attributes;
        public uint stx_nlink;
        public uint stx_uid;
        public uint stx_gid;
        public ushort stx_mode;
        public ulong stx_ino;
        public ulong stx_size;
        public ulong stx_blocks;
        public ulong stx_attributes_mask;
        public statx_timestamp stx_atime;
        public statx_timestamp stx_btime;
        public statx_timestamp stx_ctime;
        public statx_timestamp stx_mtime;
        public uint stx_rdev_major;
        public uint stx_rdev_minor;
        public uint stx_dev_major;
        public uint stx_dev_minor;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct timespec64
    {
        public long tv_sec;
        public long tv_nsec;
    }

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int statx(int dirfd, byte* path, int flags, uint mask, statx_buffer* buffer);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int mkdirat(int dirfd, byte* path, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int mknodat(int dirfd, byte* path, uint mode, ulong dev);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int fchmodat(int dirfd, byte* path, uint mode, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fchmod(int fd, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int futimens(int fd, timespec64* times);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int utimensat(int dirfd, byte* path, timespec64* times, int flags);
}
