using System.Runtime.InteropServices;

namespace Ocid.Linux;

// sys/epoll.h, sys/eventfd.h
internal static partial class Libc
{
    internal const int EPOLL_CLOEXEC = 0x80000;
    internal const int EPOLL_CTL_ADD = 1;
    internal const int EPOLL_CTL_DEL = 2;
    internal const int EPOLL_CTL_MOD = 3;
    internal const int EFD_CLOEXEC = 0x80000;
    internal const int EFD_NONBLOCK = 0x800;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int epoll_create1(int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int epoll_ctl(FileDescriptor epfd, int op, FileDescriptor fd, byte* evt);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int epoll_wait(FileDescriptor epfd, byte* events, int maxEvents, int timeout);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int eventfd(uint initial, int flags);
}
