namespace Ocid.Linux;

/// <summary>A process, held by a descriptor: its pid may be reused, this never names another process.</summary>
public sealed class PidFd : IDisposable
{
    /// <summary>Takes ownership of a pidfd received from another process.</summary>
    /// <param name="descriptor">The pidfd.</param>
    public PidFd(FileDescriptor descriptor) => Descriptor = descriptor;

    /// <summary>The descriptor, to watch on an <see cref="EventLoop"/> or to pass on. Still owned by this object.</summary>
    public FileDescriptor Descriptor { get; }

    /// <summary>Holds a process.</summary>
    /// <param name="pid">Its pid in this process's pid namespace.</param>
    /// <exception cref="LinuxException">NotFound: there is no such process.</exception>
    public static PidFd Open(int pid) =>
        new(new FileDescriptor(Syscall.Check(Libc.pidfd_open(pid), "pidfd_open", pid.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">Its number.</param>
    /// <returns>False when the process has ended, or when a security module lets no signal in, as an AppArmor profile without a rule for signals does.</returns>
    public bool TrySignal(int signal)
    {
        if (Libc.pidfd_send_signal(Descriptor, signal) >= 0)
            return true;
        return Syscall.LastErrno is Errno.ESRCH or Errno.EACCES ? false : throw LinuxException.Last("pidfd_send_signal");
    }

    /// <summary>Completes when the process has ended. It is not reaped.</summary>
    public async Task WaitAsync(CancellationToken ct)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = EventLoop.Shared.Watch(Descriptor, EventMask.Read | EventMask.OneShot, _ => ended.TrySetResult());
        await ended.Task.WaitAsync(ct);
    }

    /// <summary>Reaps the process if it is an ended child of this one.</summary>
    /// <returns>Its status; null while it runs.</returns>
    /// <exception cref="LinuxException">With <see cref="Errno.ECHILD"/>: it is no child of this process, or was reaped already.</exception>
    public ExitStatus? TryReap()
    {
        var info = default(Libc.siginfo_t);
        while (Libc.waitid(Libc.P_PIDFD, Descriptor.Number, ref info, Libc.WEXITED | Libc.WNOHANG) < 0)
        {
            if (Syscall.LastErrno != Errno.EINTR)
                throw LinuxException.Last("waitid");
        }

        return info.si_pid == 0 ? null : ExitStatus.FromChild(info);
    }

    /// <summary>
    /// The status that the kernel keeps for holders of a pidfd that was opened before the process was reaped, by whomever;
    /// Linux 6.15 and later.
    /// </summary>
    /// <returns>The status; null when the process has not been reaped yet, or when this kernel does not tell.</returns>
    public ExitStatus? TryGetKeptStatus()
    {
        var info = new Libc.pidfd_info { mask = Libc.PIDFD_INFO_EXIT };
        if (Libc.ioctl_pidfd(Descriptor, Libc.PIDFD_GET_INFO, ref info) < 0)
            return Syscall.LastErrno is Errno.ESRCH or Errno.ENOTTY or Errno.EINVAL ? null : throw LinuxException.Last("ioctl PIDFD_GET_INFO");
        return (info.mask & Libc.PIDFD_INFO_EXIT) == 0 ? null : ExitStatus.FromWord(info.exit_code);
    }

    /// <summary>Lets go of the process.</summary>
    public void Dispose() => Descriptor.Dispose();
}
