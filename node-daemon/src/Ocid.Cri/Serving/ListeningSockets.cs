using System.Net;
using System.Net.Sockets;
using Ocid.Primitives;

namespace Ocid.Cri.Serving;

/// <summary>Bound sockets for Kestrel to listen on.</summary>
internal static class ListeningSockets
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes the directory of the socket where it is missing; one that is there keeps its mode.</summary>
    public static void PrepareDirectory(string socketPath) =>
        Directory.CreateDirectory(Path.GetDirectoryName(socketPath)!, OwnerOnly | UnixFileMode.UserExecute);

    /// <summary>Binds a unix socket that only its owner may connect to. The caller holds the <see cref="SocketLock"/>.</summary>
    /// <exception cref="OcidException">FailedPrecondition: a process answers at that path, or it is no socket.</exception>
    public static Socket BindUnix(string path)
    {
        RemoveStale(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            // Nobody can connect before listen(2), so the mode is right before anybody could.
            File.SetUnixFileMode(path, OwnerOnly);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Binds a TCP socket, or returns null with the reason.</summary>
    public static Socket? TryBindTcp(IPEndPoint endpoint, out SocketException? failure)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            failure = null;
            return socket;
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            failure = refused;
            return null;
        }
    }

    private static void RemoveStale(string path)
    {
        if (!File.Exists(path))
            return;

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }

        throw new OcidException(ErrorKind.FailedPrecondition, $"listen on {path}: another process answers there");
    }
}
