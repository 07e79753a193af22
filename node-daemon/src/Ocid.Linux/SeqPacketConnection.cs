namespace Ocid.Linux;

/// <summary>One end of a connection of packets, each with up to <see cref="MaxDescriptors"/> descriptors. Nothing here blocks.</summary>
public sealed class SeqPacketConnection : IDisposable
{
    /// <summary>How many descriptors one packet carries at most.</summary>
    public const int MaxDescriptors = 16;

    private const int ControlSize = Libc.ControlHeaderSize + (MaxDescriptors * sizeof(int));

    /// <summary>Takes over a connected socket, for example from this program's former version.</summary>
    /// <param name="descriptor">The socket.</param>
    public SeqPacketConnection(FileDescriptor descriptor) => Descriptor = descriptor;

    /// <summary>Readable when a packet or the end is there. Owned by this object.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>The user that the peer ran as when it connected, or when it began to listen.</summary>
    public uint PeerUser => Peer.uid;

    /// <summary>The peer's pid then.</summary>
    public int PeerProcess => Peer.pid;

    private unsafe Libc.ucred_t Peer
    {
        get
        {
            var credentials = default(Libc.ucred_t);
            var length = (uint)sizeof(Libc.ucred_t);
            Syscall.Check(Libc.getsockopt_ucred(Descriptor, Libc.SOL_SOCKET, Libc.SO_PEERCRED, &credentials, &length), "getsockopt", "SO_PEERCRED");
            return credentials;
        }
    }

    /// <summary>Connects to a listener.</summary>
    /// <exception cref="LinuxException">ENOENT or ECONNREFUSED: nobody listens there.</exception>
    public static unsafe SeqPacketConnection Connect(string path)
    {
        var socket = SeqPacketListener.NewSocket();
        try
        {
            var address = SeqPacketListener.Address(path);
            fixed (byte* start = address)
                Syscall.Check(Libc.connect_unix(socket, start, (uint)address.Length), "connect", path);
            return new SeqPacketConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a packet; the descriptors stay the caller's.</summary>
    /// <returns>False when the peer's buffer is full.</returns>
    public unsafe bool TrySend(ReadOnlySpan<byte> packet, IReadOnlyList<FileDescriptor> descriptors)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(descriptors.Count, MaxDescriptors);
        var control = stackalloc byte[ControlSize];
        var length = Libc.ControlHeaderSize + (descriptors.Count * sizeof(int));
        *(nuint*)control = (nuint)length;
        *(int*)(control + 8) = Libc.SOL_SOCKET;
        *(int*)(control + 12) = Libc.SCM_RIGHTS;
        for (var i = 0; i < descriptors.Count; i++)
            *(int*)(control + Libc.ControlHeaderSize + (i * sizeof(int))) = descriptors[i].Number;

        fixed (byte* start = packet)
        {
            var part = new Libc.iovec_t { iov_base = start, iov_len = (nuint)packet.Length };
            var message = new Libc.msghdr_t { msg_iov = &part, msg_iovlen = 1 };
            if (descriptors.Count > 0)
            {
                message.msg_control = control;
                message.msg_controllen = (nuint)((length + 7) & ~7);
            }

            while (Libc.sendmsg(Descriptor, &message, Libc.MSG_NOSIGNAL) < 0)
            {
                switch (Syscall.LastErrno)
                {
                    case Errno.EINTR:
                        continue;
                    case Errno.EAGAIN:
                        return false;
                    default:
                        throw LinuxException.Last("sendmsg");
                }
            }
        }

        return true;
    }

    /// <summary>Receives a packet.</summary>
    /// <param name="buffer">Where to; a longer packet is an error.</param>
    /// <param name="descriptors">Receives the descriptors that came with it, now the caller's.</param>
    /// <param name="count">The packet's length; 0 at the end.</param>
    /// <returns>False when there is none now.</returns>
    public unsafe bool TryReceive(Span<byte> buffer, ICollection<FileDescriptor> descriptors, out int count)
    {
        var control = stackalloc byte[ControlSize];
        fixed (byte* start = buffer)
        {
            var part = new Libc.iovec_t { iov_base = start, iov_len = (nuint)buffer.Length };
            while (true)
            {
                var message = new Libc.msghdr_t { msg_iov = &part, msg_iovlen = 1, msg_control = control, msg_controllen = ControlSize };
                count = (int)Libc.recvmsg(Descriptor, &message, Libc.MSG_CMSG_CLOEXEC);
                if (count >= 0)
                {
                    TakeDescriptors(message, descriptors);
                    return (message.msg_flags & (Libc.MSG_TRUNC | Libc.MSG_CTRUNC)) == 0
                        ? true
                        : throw new LinuxException("recvmsg", "packet too long", Errno.EINVAL);
                }

                switch (Syscall.LastErrno)
                {
                    case Errno.EINTR:
                        continue;
                    case Errno.EAGAIN:
                        count = 0;
                        return false;
                    case Errno.ECONNRESET:
                        count = 0;
                        return true;
                    default:
                        throw LinuxException.Last("recvmsg");
                }
            }
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => Descriptor.Dispose();

    private static unsafe void TakeDescriptors(in Libc.msghdr_t message, ICollection<FileDescriptor> descriptors)
    {
        var control = message.msg_control;
        if (message.msg_controllen < Libc.ControlHeaderSize || *(int*)(control + 8) != Libc.SOL_SOCKET || *(int*)(control + 12) != Libc.SCM_RIGHTS)
            return;
        var end = control + (int)*(nuint*)control;
        for (var at = control + Libc.ControlHeaderSize; at + sizeof(int) <= end; at += sizeof(int))
            descriptors.Add(new FileDescriptor(*(int*)at));
    }
}
