using System.Collections.Concurrent;

namespace Ocid.Linux;

// A child that this process started and has to reap. Until then its pid cannot be reused.
internal sealed class ChildProcess : IDisposable
{
    private static readonly ConcurrentDictionary<int, bool> Unreaped = new();

    private ChildProcess(int pid, PidFd pidFd)
    {
        Pid = pid;
        PidFd = pidFd;
    }

    public int Pid { get; }

    public PidFd PidFd { get; }

    /// <summary>Whether a pid is a child that somebody here waits for; a reaper of orphans leaves it alone.</summary>
    public static bool IsWaitedFor(int pid) => Unreaped.ContainsKey(pid);

    public static Task<ChildProcess> SpawnAsync(CommandSpec spec, FileDescriptor? input, FileDescriptor? output, FileDescriptor? error, bool ownSession = false)
    {
        if (spec.HiddenPath is not { } hidden)
            return Task.FromResult(Spawn(spec, input, output, error, ownSession));

        // The mount namespace changes one thread, and posix_spawn's child has that of its caller.
        var spawned = new TaskCompletionSource<ChildProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(
            () =>
            {
                try
                {
                    HiddenMount.HideFromThisThread(hidden);
                    spawned.SetResult(Spawn(spec, input, output, error, ownSession));
                }
                catch (Exception failure) // handed to whoever awaits
                {
                    spawned.SetException(failure);
                }
            },
            256 * 1024) { IsBackground = true, Name = "ocid-spawn" }.Start();
        return spawned.Task;
    }

    /// <summary>Reaps the child if it has ended.</summary>
    public bool TryReap(out ExitStatus status)
    {
        var reaped = PidFd.TryReap();
        status = reaped ?? default;
        if (reaped is not null)
            Unreaped.TryRemove(Pid, out _);
        return reaped is not null;
    }

    /// <summary>Ends the child and reaps it. Blocks for the moment that a small process takes to go.</summary>
    public void KillAndReap()
    {
        PidFd.TrySignal(Libc.SIGKILL);
        Reap(Pid);
        Unreaped.TryRemove(Pid, out _);
    }

    public void Dispose() => PidFd.Dispose();

    /// <summary>As <see cref="SpawnAsync"/>, for a child that sees every mount.</summary>
    public static ChildProcess Spawn(CommandSpec spec, FileDescriptor? input, FileDescriptor? output, FileDescriptor? error, bool ownSession = false)
    {
        using var actions = new SpawnActions(spec, input, output, error);
        lock (Unreaped) // between the child's birth and its entry no reaper of orphans may look
        {
            var pid = actions.Spawn(ownSession);
            Unreaped[pid] = true;
            try
            {
                return new ChildProcess(pid, PidFd.Open(pid));
            }
            catch (LinuxException)
            {
                _ = Libc.kill(pid, Libc.SIGKILL);
                Reap(pid);
                Unreaped.TryRemove(pid, out _);
                throw;
            }
        }
    }

    /// <summary>Calls <paramref name="look"/> while no child is being born.</summary>
    public static void WhileNoneIsBorn(Action look)
    {
        lock (Unreaped)
            look();
    }

    private static void Reap(int pid)
    {
        var info = default(Libc.siginfo_t);
        while (Libc.waitid(Libc.P_PID, pid, ref info, Libc.WEXITED) < 0 && Syscall.LastErrno == Errno.EINTR)
        {
        }
    }
}
