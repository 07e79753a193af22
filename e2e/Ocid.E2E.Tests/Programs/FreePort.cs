using System.Net;
using System.Net.Sockets;

namespace Ocid.E2E.Tests.Programs;

/// <summary>A TCP port of the loopback address that nobody listens on now.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
