using Ocid.Primitives;

namespace Ocid.Linux;

/// <summary>The stream socket on which an OCI runtime hands over a terminal's master (<c>--console-socket</c>).</summary>
public sealed class ConsoleSocket : IDisposable
{
    private const int StreamSocket = 1;
    private readonly FileDescriptor _socket;

    /// <summary>Listens at a path that is not there yet.</summary>
    /// <param name="path">Where; at most 107 bytes.</param>
    public unsafe ConsoleSocket(string path)
    {
        Path = path;
        _socket = new FileDescriptor(Syscall.Check(Libc.socket_raw(Libc.AF_UNIX, StreamSocket | Libc.SOCK_CLOEXEC | Libc.SOCK_NONBLOCK, 0), "socket"));
        Syscall.Check(Libc.fchmod_socket(_socket, 0x180), "fchmod", path);
        var address = SeqPacketListener.Address(path);
        fixed (byte* start = address)
            Syscall.Check(Libc.bind_unix(_socket, start, (uint)address.Length), "bind", path);
        Syscall.Check(Libc.listen_raw(_socket, 1), "listen", path);
    }

    /// <summary>Where it listens.</summary>
    public string Path { get; }

    /// <summary>The terminal's master, after the runtime has ended well: by then it has sent it.</summary>
    /// <exception cref="OcidException">Internal: the runtime sent none.</exception>
    public FileDescriptor TakeMaster()
    {
        using var peer = new SeqPacketListener(Descriptor.Duplicate(_socket)).TryAccept() ?? throw None();
        var received = new List<FileDescriptor>();
        Span<byte> name = stackalloc byte[4096];
        peer.TryReceive(name, received, out _);
        return received.Count == 1 ? received[0] : throw None();
    }

    /// <summary>Closes the socket and removes its path.</summary>
    public void Dispose()
    {
        _socket.Dispose();
        File.Delete(Path);
    }

    private OcidException None() => new(ErrorKind.Internal, $"console socket {Path}: the runtime sent no terminal");
}
