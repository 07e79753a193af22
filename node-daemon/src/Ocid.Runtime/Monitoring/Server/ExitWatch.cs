using Ocid.Linux;

namespace Ocid.Runtime.Monitoring.Server;

// Waits for the end of one process, a child of this one or a child of a monitor that is no more.
internal sealed class ExitWatch : IDisposable
{
    private static readonly TimeSpan ReapLimit = TimeSpan.FromSeconds(5);

    private readonly EventLoop _loop;
    private readonly Children _children;
    private readonly int _pid;
    private readonly PidFd _process;
    private readonly Action<ExitStatus?> _ended;
    private readonly EventWatch _watch;
    private bool _done;

    /// <param name="loop">The loop, on which this is called.</param>
    /// <param name="children">Where the pid is awaited.</param>
    /// <param name="pid">The process.</param>
    /// <param name="process">Its pidfd; stays the caller's.</param>
    /// <param name="ended">Told the status; null when nobody can tell.</param>
    public ExitWatch(EventLoop loop, Children children, int pid, PidFd process, Action<ExitStatus?> ended)
    {
        _loop = loop;
        _children = children;
        _pid = pid;
        _process = process;
        _ended = ended;
        children.Await(pid);
        _watch = loop.Watch(process.Descriptor, EventMask.Read, Look);
    }

    public void Dispose()
    {
        if (_done)
            return;
        _done = true;
        _children.Reaped(_pid);
        _watch.Dispose();
    }

    private void Look(EventMask events)
    {
        try
        {
            if (_process.TryReap() is { } status)
                End(status);
        }
        catch (LinuxException notOurs) when (notOurs.Errno == Errno.ECHILD)
        {
            LookAsStranger(events.HasFlag(EventMask.HangUp));
        }
    }

    // Its new parent reaps it, at which the kernel reports HangUp and keeps the status for us (Linux 6.15).
    private void LookAsStranger(bool reaped)
    {
        if (_process.TryGetKeptStatus() is { } kept)
        {
            End(kept);
        }
        else if (reaped)
        {
            End(null);
        }
        else
        {
            _watch.Change(EventMask.None);
            _loop.After(ReapLimit, () => End(_done ? null : _process.TryGetKeptStatus()));
        }
    }

    private void End(ExitStatus? status)
    {
        if (_done)
            return;
        Dispose();
        _ended(status);
    }
}
