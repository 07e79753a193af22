namespace Ocid.Linux;

/// <summary>A process with its descendants and whatever else is in the session it leads or in its process group.</summary>
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
            var group = GroupOf(root);
            Stop(root, found);
            for (var round = 0; round < Rounds && StopNew(root, group, found); round++)
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

    // Its group need not be led by it: crun leaves an exec in the group that the runtime itself was started in. Ours is spared.
    private static int GroupOf(int root) =>
        ProcessEntry.TryRead(root, out var entry) && ProcessEntry.TryRead(Environment.ProcessId, out var self) && entry.Group != self.Group
            ? entry.Group
            : root;

    private static bool StopNew(int root, int group, Dictionary<int, PidFd> found)
    {
        var before = found.Count;
        foreach (var entry in ProcessEntry.All())
        {
            if (!found.ContainsKey(entry.Pid) && (found.ContainsKey(entry.Parent) || entry.Session == root || entry.Group == group))
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
