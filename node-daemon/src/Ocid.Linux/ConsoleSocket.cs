using System.Text;
using Ocid.Primitives;

namespace Ocid.Linux;

/// <summary>The stream socket on which an OCI runtime hands over a terminal's master (<c>--console-socket</c>).</summary>
public sealed class ConsoleSocket : IDisposable
{
    // sun_path holds 108 bytes with the final zero: unix(7).
    private const int LongestPath = 107;
    private const int StreamSocket = 1;
    private readonly FileDescriptor _socket;
    private readonly FileDescriptor? _directory;

    /// <summary>Listens at a path that is not there yet.</summary>
    /// <param name="path">Where. One that is too long for a socket is reached through this process's descriptor of its directory.</param>
    public unsafe ConsoleSocket(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > LongestPath)
        {
            var directory = System.IO.Path.GetDirectoryName(path)!;
            _directory = OpenAt.Descriptor(Libc.AT_FDCWD, directory, Libc.O_PATH | Libc.O_DIRECTORY, 0, 0, directory);
            path = $"/proc/{Environment.ProcessId}/fd/{_directory.Number}/{System.IO.Path.GetFileName(path)}";
        }

        Path = path;
        _socket = new FileDescriptor(Syscall.Check(Libc.socket_raw(Libc.AF_UNIX, StreamSocket | Libc.SOCK_CLOEXEC | Libc.SOCK_NONBLOCK, 0), "socket"));
        Syscall.Check(Libc.fchmod_socket(_socket, 0x180), "fchmod", path);
        var address = SeqPacketListener.Address(path);
        fixed (byte* start = address)
            Syscall.Check(Libc.bind_unix(_socket, start, (uint)address.Length), "bind", path);
        Syscall.Check(Libc.listen_raw(_socket, 1), "listen", path);
    }

    /// <summary>Where it listens, for whoever connects while this object lives.</summary>
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
        _directory?.Dispose();
    }

    private OcidException None() => new(ErrorKind.Internal, $"console socket {Path}: the runtime sent no terminal");
}
