using System.Runtime.InteropServices;
using System.Text;
using Ocid.Primitives;

namespace Ocid.Linux.Namespaces;

/// <summary>Namespaces that live without a process: bind mounts of /proc/thread-self/ns files (namespaces(7)).</summary>
public static class NamespacePins
{
    /// <summary>Makes the planned namespaces, brings up <c>lo</c>, sets host name and sysctls, pins each. Blocks for about 2 ms.</summary>
    /// <exception cref="LinuxException">A step failed; pins made before it stay for <see cref="Remove"/>.</exception>
    /// <exception cref="OcidException">InvalidArgument: a sysctl whose namespace is not planned, or a host name over 64 bytes.</exception>
    public static void Create(NamespacePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var kinds = plan.Kinds;
        using var script = new SyscallScript();
        script.Add("unshare", kinds.ToString(), SyscallNumbers.unshare, (nint)kinds);
        if (plan.NetworkPin is not null)
            AddLoopback(script);
        if (plan is { UtsPin: not null, Hostname: { } hostname })
            AddHostname(script, hostname);
        foreach (var sysctl in plan.Sysctls)
            AddSysctl(script, sysctl, kinds);
        AddPin(script, "net", plan.NetworkPin);
        AddPin(script, "ipc", plan.IpcPin);
        AddPin(script, "uts", plan.UtsPin);
        NamespaceThread.Run(kinds, script);
    }

    /// <summary>Unmounts a pin, detached if something still uses it, and deletes its file. A path that is no pin or is not there is fine.</summary>
    /// <exception cref="LinuxException">Unmounting failed.</exception>
    public static void Remove(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        while (Unmount(path))
        {
        }

        File.Delete(path);
    }

    private static unsafe bool Unmount(string path)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(path + "\0"))
        {
            if (Libc.raw_syscall(SyscallNumbers.umount2, (nint)text, NamespaceCalls.MNT_DETACH | NamespaceCalls.UMOUNT_NOFOLLOW, 0, 0, 0) == 0)
                return true;
        }

        var errno = (Errno)Marshal.GetLastSystemError();
        return errno is Errno.EINVAL or Errno.ENOENT or Errno.ENOTDIR ? false : throw new LinuxException("umount", path, errno);
    }

    private static void AddPin(SyscallScript script, string name, string? target)
    {
        if (target is not null)
            script.Add("pin", target, SyscallNumbers.mount, script.Text("/proc/thread-self/ns/" + name), script.Text(target), 0, NamespaceCalls.MS_BIND);
    }

    // netdevice(7): IFF_UP on lo also assigns 127.0.0.1 and ::1.
    private static void AddLoopback(SyscallScript script)
    {
        const int AF_INET = 2;
        const int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
        const int SIOCSIFFLAGS = 0x8914;
        const byte IFF_UP = 1;
        Span<byte> request = stackalloc byte[40];
        request.Clear();
        "lo"u8.CopyTo(request);
        MemoryMarshal.Write(request[16..], (short)IFF_UP);
        script.Add("socket", "for lo", SyscallNumbers.socket, AF_INET, SOCK_DGRAM_CLOEXEC, keep: true);
        script.Add("bring up", "lo", SyscallNumbers.ioctl, SyscallScript.Kept, SIOCSIFFLAGS, script.Bytes(request));
        script.Add("close", "the socket for lo", SyscallNumbers.close, SyscallScript.Kept);
    }

    private static void AddHostname(SyscallScript script, string hostname)
    {
        var bytes = Encoding.UTF8.GetBytes(hostname);
        if (bytes.Length > 64 || hostname.Any(char.IsControl))
            throw new OcidException(ErrorKind.InvalidArgument, $"host name {Quoted.Text(hostname)}: want at most 64 bytes and no control character");
        script.Add("sethostname", hostname, SyscallNumbers.sethostname, script.Bytes(bytes), bytes.Length);
    }

    private static void AddSysctl(SyscallScript script, Sysctl sysctl, NamespaceKinds kinds)
    {
        if (!kinds.HasFlag(sysctl.Kind))
            throw new OcidException(ErrorKind.InvalidArgument, $"sysctl {Quoted.Text(sysctl.Name)}: the pod shares the host's {sysctl.Kind.ToString().ToLowerInvariant()} namespace");
        var value = Encoding.UTF8.GetBytes(sysctl.Value);
        script.Add("sysctl", sysctl.Name, SyscallNumbers.openat, NamespaceCalls.AT_FDCWD, script.Text(sysctl.Path), NamespaceCalls.O_WRONLY | NamespaceCalls.O_CLOEXEC, keep: true);
        script.Add("sysctl", sysctl.Name, SyscallNumbers.write, SyscallScript.Kept, script.Bytes(value), value.Length);
        script.Add("sysctl", sysctl.Name, SyscallNumbers.close, SyscallScript.Kept);
    }
}
