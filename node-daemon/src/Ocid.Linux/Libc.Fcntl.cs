using System.Runtime.InteropServices;

namespace Ocid.Linux;

// fcntl.h, linux/openat2.h
internal static partial class Libc
{
    internal const int AT_FDCWD = -100;
    internal const int AT_SYMLINK_NOFOLLOW = 0x100;
    internal const int AT_REMOVEDIR = 0x200;
    internal const int AT_EMPTY_PATH = 0x1000;

    internal const ulong O_WRONLY = 0x1;
    internal const ulong O_CREAT = 0x40;
    internal const ulong O_EXCL = 0x80;
    internal const ulong O_NONBLOCK = 0x800;
    internal const ulong O_CLOEXEC = 0x80000;
    internal const ulong O_PATH = 0x200000;

    // These two are swapped with O_DIRECT and O_LARGEFILE on arm64.
    internal static readonly ulong O_DIRECTORY = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000UL : 0x10000UL;
    internal static readonly ulong O_NOFOLLOW = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000UL : 0x20000UL;

    internal const ulong RESOLVE_NO_MAGICLINKS = 0x02;
    internal const ulong RESOLVE_NO_SYMLINKS = 0x04;
    internal const ulong RESOLVE_IN_ROOT = 0x10;

    [StructLayout(LayoutKind.Sequential)]
    internal struct open_how
    {
        public ulong flags;
        public ulong mode;
        public ulong resolve;
    }

    // glibc has no wrapper; 437 on every architecture.
    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static unsafe partial nint openat2(nint number, nint dirfd, byte* path, open_how* how, nuint size);

    internal static unsafe int openat2(int dirfd, byte* path, open_how how) =>
        (int)openat2(437, dirfd, path, &how, (nuint)sizeof(open_how));
}
