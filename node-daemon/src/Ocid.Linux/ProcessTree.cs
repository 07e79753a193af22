namespace Ocid.Linux;

/// <summary>A process with its descendants and whatever else is in its session or process group.</summary>
public static class ProcessTree
{
    private const int Rounds = 16;

    /// <summary>
    /// Kills all of it: stops one after the other until no new one appears, so that nothing forks away meanwhile, then kills.
    /// A descendant that left both the session and its parents (a daemon) is not found.
    /// </summary>
    /// <param name="root">A process that cannot be reaped while this runs.</param>
    public static void Kill(int root)
    {
        var found = new Dictionary<int, PidFd>();
        try
        {
            Stop(root, found);
            for (var round = 0; round < Rounds && StopNew(root, found); round++)
            {
            }

            foreach (var process in found.Values)
                process.TrySignal(Libc.SIGKILL);
        }
        finally
        {
            foreach (var process in found.Values)
                process.Dispose();
        }
    }

    private static bool StopNew(int root, Dictionary<int, PidFd> found)
    {
        var before = found.Count;
        foreach (var entry in ProcessEntry.All())
        {
            if (!found.ContainsKey(entry.Pid) && (found.ContainsKey(entry.Parent) || entry.Session == root || entry.Group == root))
                Stop(entry.Pid, found);
        }

        return found.Count > before;
    }

    private static void Stop(int pid, Dictionary<int, PidFd> found)
    {
        try
        {
            var process = PidFd.Open(pid);
            process.TrySignal(Libc.SIGSTOP);
            found.Add(pid, process);
        }
        catch (LinuxException gone) when (gone.Errno == Errno.ESRCH)
        {
            // It ended by itself.
        }
    }
}
