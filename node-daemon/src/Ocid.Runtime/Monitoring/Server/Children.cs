using Ocid.Linux;

namespace Ocid.Runtime.Monitoring.Server;

// Which processes somebody waits for. Everything else that is reparented to the monitor is reaped as it ends, but not while a
// runtime runs: the process it is about to leave behind may have ended before we know its pid.
internal sealed class Children(EventLoop loop)
{
    private readonly HashSet<int> _awaited = [];
    private int _launches;
    private int _posted;

    /// <summary>How many runtimes run.</summary>
    public int Launches => _launches;

    /// <summary>Safe on any thread.</summary>
    public void ReapOrphansSoon()
    {
        if (Interlocked.Exchange(ref _posted, 1) == 0)
            loop.Post(ReapOrphans);
    }

    public void Await(int pid) => _awaited.Add(pid);

    public void Reaped(int pid) => _awaited.Remove(pid);

    public void BeginLaunch() => _launches++;

    public void EndLaunch()
    {
        if (--_launches == 0)
            ReapOrphansSoon();
    }

    private void ReapOrphans()
    {
        Volatile.Write(ref _posted, 0);
        if (_launches == 0)
            SelfProcess.ReapOrphans(_awaited.Contains);
    }
}
