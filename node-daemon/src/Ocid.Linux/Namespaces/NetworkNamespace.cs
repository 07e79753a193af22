using System.Net.Sockets;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Ocid.Linux.Namespaces;

/// <summary>Verbs on a pinned network namespace.</summary>
public static class NetworkNamespace
{
    /// <summary>A socket of that namespace, which is then used from outside: the kernel remembers where a socket was made. Blocks.</summary>
    /// <param name="path">A pin, or /proc/PID/ns/net.</param>
    /// <param name="family">InterNetwork or InterNetworkV6.</param>
    /// <param name="type">Stream or Dgram.</param>
    /// <exception cref="LinuxException">The namespace or the socket cannot be opened.</exception>
    public static SafeSocketHandle OpenSocket(string path, AddressFamily family, SocketType type)
    {
        using var script = new SyscallScript();
        return new SafeSocketHandle(
            (nint)Inside(path, script, () => script.Add("socket", path, SyscallNumbers.socket, NativeFamily(family), NativeType(type), keep: true)),
            ownsHandle: true);
    }

    /// <summary>The traffic of each interface since the namespace was made. Blocks.</summary>
    /// <param name="path">A pin, or /proc/PID/ns/net.</param>
    /// <exception cref="LinuxException">The namespace cannot be opened.</exception>
    public static IReadOnlyList<InterfaceCounters> ReadCounters(string path)
    {
        // A file of /proc/net belongs to the namespace it was opened in, so only the opening happens there.
        const string counters = "/proc/thread-self/net/dev";
        using var script = new SyscallScript();
        var fd = Inside(path, script, () => script.Add(
            "open", counters, SyscallNumbers.openat, NamespaceCalls.AT_FDCWD, script.Text(counters), NamespaceCalls.O_RDONLY | NamespaceCalls.O_CLOEXEC, keep: true));
        using var reader = new StreamReader(new FileStream(new SafeFileHandle(fd, ownsHandle: true), FileAccess.Read, bufferSize: 1), Encoding.ASCII);
        return InterfaceCounters.Parse(reader.ReadToEnd());
    }

    private static nint Inside(string path, SyscallScript script, Action add)
    {
        using var target = NamespaceCalls.Open(path);
        script.Add("setns", path, SyscallNumbers.setns, target.Number, (nint)NamespaceKinds.Network);
        add();
        return NamespaceThread.Run(NamespaceKinds.Network, script);
    }

    private static int NativeFamily(AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => 2,
        AddressFamily.InterNetworkV6 => 10,
        _ => throw new ArgumentOutOfRangeException(nameof(family)),
    };

    private static int NativeType(SocketType type) => 0x80000 | type switch // SOCK_CLOEXEC
    {
        SocketType.Stream => 1,
        SocketType.Dgram => 2,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
