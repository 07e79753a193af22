using System.Runtime.InteropServices;
using System.Text;
using Ocid.Linux.Mounting;
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
        if (plan.User is { } user)
            CreateOwned(plan, user);
        else
            CreateOwn(plan);
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

    private static void CreateOwn(NamespacePlan plan)
    {
        using var script = new SyscallScript();
        script.Add("unshare", plan.Kinds.ToString(), SyscallNumbers.unshare, (nint)plan.Kinds);
        AddSettings(script, plan);
        foreach (var (name, pin, _) in Pins(plan))
            script.Add("pin", pin, SyscallNumbers.mount, script.Text("/proc/thread-self/ns/" + name), script.Text(pin), 0, NamespaceCalls.MS_BIND);
        NamespaceThread.Run(plan.Kinds, script);
    }

    // Another process makes them; a thread of this one, whose user namespace is above theirs, then goes in to set them up.
    private static void CreateOwned(NamespacePlan plan, UserNamespacePlan user)
    {
        using (var holder = NamespaceHolder.Start(plan.Kinds))
        {
            holder.MapIds(user.Users, user.Groups);
            Mounts.Bind(holder.Path("user"), user.Pin);
            foreach (var (name, pin, _) in Pins(plan))
                Mounts.Bind(holder.Path(name), pin);
        }

        var opened = new List<FileDescriptor>();
        try
        {
            using var script = new SyscallScript();
            foreach (var (_, pin, kind) in Pins(plan))
            {
                opened.Add(NamespaceCalls.Open(pin));
                script.Add("setns", pin, SyscallNumbers.setns, opened[^1].Number, (nint)kind);
            }

            AddSettings(script, plan with { Sysctls = [.. plan.Sysctls.Where(sysctl => sysctl.Kind != NamespaceKinds.Ipc || plan.IpcPin is null)] });
            NamespaceThread.Run(plan.Kinds, script);
        }
        finally
        {
            opened.ForEach(one => one.Dispose());
        }

        foreach (var sysctl in plan.Sysctls.Where(sysctl => sysctl.Kind == NamespaceKinds.Ipc))
            SetOwned(plan.IpcPin!, sysctl, user.Users.First);
    }

    // Since Linux 6.9 those of an IPC namespace are its own user 0's alone; before, the host's.
    private static void SetOwned(string pin, Sysctl sysctl, uint owner)
    {
        try
        {
            Set(pin, sysctl, null);
        }
        catch (LinuxException refused) when (refused.Errno is Errno.EACCES or Errno.EPERM)
        {
            Set(pin, sysctl, owner);
        }
    }

    private static void Set(string pin, Sysctl sysctl, uint? user)
    {
        using var target = NamespaceCalls.Open(pin);
        using var script = new SyscallScript();
        script.Add("setns", pin, SyscallNumbers.setns, target.Number, (nint)NamespaceKinds.Ipc);
        if (user is { } other)
            script.Become(other);
        AddSysctl(script, sysctl, NamespaceKinds.Ipc);
        NamespaceThread.Run(NamespaceKinds.Ipc, script);
    }

    private static IEnumerable<(string Name, string Pin, NamespaceKinds Kind)> Pins(NamespacePlan plan)
    {
        if (plan.NetworkPin is not null)
            yield return ("net", plan.NetworkPin, NamespaceKinds.Network);
        if (plan.IpcPin is not null)
            yield return ("ipc", plan.IpcPin, NamespaceKinds.Ipc);
        if (plan.UtsPin is not null)
            yield return ("uts", plan.UtsPin, NamespaceKinds.Uts);
    }

    private static void AddSettings(SyscallScript script, NamespacePlan plan)
    {
        if (plan.NetworkPin is not null)
            AddLoopback(script);
        if (plan is { UtsPin: not null, Hostname: { } hostname })
            AddHostname(script, hostname);
        foreach (var sysctl in plan.Sysctls)
            AddSysctl(script, sysctl, plan.Kinds);
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
