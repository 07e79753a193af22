using System.Runtime.InteropServices;

namespace Ocid.Linux;

// sys/socket.h, sys/un.h
internal static partial class Libc
{
    internal const int AF_UNIX = 1;
    internal const int SOCK_SEQPACKET = 5;
    internal const int SOCK_NONBLOCK = 0x800;
    internal const int SOCK_CLOEXEC = 0x80000;
    internal const int SOL_SOCKET = 1;
    internal const int SCM_RIGHTS = 1;
    internal const int SO_PEERCRED = 17;
    internal const int MSG_NOSIGNAL = 0x4000;
    internal const int MSG_CMSG_CLOEXEC = 0x40000000;
    internal const int MSG_CTRUNC = 0x08;
    internal const int MSG_TRUNC = 0x20;
    internal const int ControlHeaderSize = 16;

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct iovec_t
    {
        public byte* iov_base;
        public nuint iov_len;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct msghdr_t
    {
        public byte* msg_name;
        public uint msg_namelen;
        public iovec_t* msg_iov;
        public nuint msg_iovlen;
        public byte* msg_control;
        public nuint msg_controllen;
        public int msg_flags;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct ucred_t
    {
        public int pid;
        public uint uid;
        public uint gid;
    }

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    internal static partial int socket_raw(int domain, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "bind", SetLastError = true)]
    internal static unsafe partial int bind_unix(FileDescriptor fd, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "connect", SetLastError = true)]
    internal static unsafe partial int connect_unix(FileDescriptor fd, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "listen", SetLastError = true)]
    internal static partial int listen_raw(FileDescriptor fd, int backlog);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial int accept4(FileDescriptor fd, byte* address, uint* length, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial nint sendmsg(FileDescriptor fd, msghdr_t* message, int flags);

    [LibraryImport(Library, SetLastError = true)]
    internal static unsafe partial nint recvmsg(FileDescriptor fd, msghdr_t* message, int flags);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    internal static unsafe partial int getsockopt_ucred(FileDescriptor fd, int level, int option, ucred_t* value, uint* length);

    [LibraryImport(Library, EntryPoint = "fchmod", SetLastError = true)]
    internal static partial int fchmod_socket(FileDescriptor fd, uint mode);
}
