using System.Text;
using Ocid.Primitives;

namespace Ocid.Linux;

/// <summary>A unix socket at a path, mode 0600, on which packets with descriptors are exchanged. Nothing here blocks.</summary>
public sealed class SeqPacketListener : IDisposable
{
    private const int Backlog = 16;

    /// <summary>Takes over a listening socket, for example from this program's former version.</summary>
    /// <param name="descriptor">The socket.</param>
    public SeqPacketListener(FileDescriptor descriptor) => Descriptor = descriptor;

    /// <summary>Readable when somebody connects. Owned by this object.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Listens at a path; a socket that nobody listens on any more is replaced.</summary>
    /// <exception cref="OcidException">AlreadyExists: somebody listens there.</exception>
    public static SeqPacketListener Listen(string path)
    {
        try
        {
            SeqPacketConnection.Connect(path).Dispose();
            throw new OcidException(ErrorKind.AlreadyExists, $"listen on {path}: another process does");
        }
        catch (LinuxException nobody) when (nobody.Errno is Errno.ENOENT or Errno.ECONNREFUSED)
        {
            File.Delete(path);
        }

        var socket = NewSocket();
        try
        {
            Bind(socket, path);
            Syscall.Check(Libc.listen_raw(socket, Backlog), "listen", path);
            return new SeqPacketListener(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The next peer; null when nobody waits.</summary>
    public unsafe SeqPacketConnection? TryAccept()
    {
        while (true)
        {
            var accepted = Libc.accept4(Descriptor, null, null, Libc.SOCK_CLOEXEC | Libc.SOCK_NONBLOCK);
            if (accepted >= 0)
                return new SeqPacketConnection(new FileDescriptor(accepted));
            switch (Syscall.LastErrno)
            {
                case Errno.EINTR:
                    continue;
                case Errno.EAGAIN:
                    return null;
                default:
                    throw LinuxException.Last("accept4");
            }
        }
    }

    /// <summary>Closes the socket; its path stays.</summary>
    public void Dispose() => Descriptor.Dispose();

    internal static FileDescriptor NewSocket() =>
        new(Syscall.Check(Libc.socket_raw(Libc.AF_UNIX, Libc.SOCK_SEQPACKET | Libc.SOCK_CLOEXEC | Libc.SOCK_NONBLOCK, 0), "socket"));

    internal static byte[] Address(string path)
    {
        const int longest = 107;
        var bytes = Encoding.UTF8.GetBytes(path);
        if (bytes.Length > longest)
            throw new OcidException(ErrorKind.InvalidArgument, $"socket {path}: longer than {longest} bytes");
        var address = new byte[2 + bytes.Length + 1];
        address[0] = Libc.AF_UNIX;
        bytes.CopyTo(address, 2);
        return address;
    }

    // The mode is set on the socket before its path appears, so that there is no moment in which others may connect.
    private static unsafe void Bind(FileDescriptor socket, string path)
    {
        Syscall.Check(Libc.fchmod_socket(socket, 0x180), "fchmod", path);
        var address = Address(path);
        fixed (byte* start = address)
            Syscall.Check(Libc.bind_unix(socket, start, (uint)address.Length), "bind", path);
    }
}
