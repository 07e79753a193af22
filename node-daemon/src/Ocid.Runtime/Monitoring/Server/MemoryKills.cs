using Ocid.Runtime.Cgroups;

namespace Ocid.Runtime.Monitoring.Server;

// How often the kernel killed in each container for want of memory. systemd removes a scope once it is empty, mostly before
// anybody could look into it; but on cgroup v2 the pod's cgroup above it counts with it, and stays: what that one has more than
// is known of the pod's other containers was the container's. Used on the loop only.
// https://docs.kernel.org/admin-guide/cgroup-v2.html#memory-interface-files
internal sealed class MemoryKills(CgroupHierarchies hierarchies)
{
    // Of each running container: the kills in the cgroup above that are neither its own nor of another one that runs.
    private readonly Dictionary<CgroupPath, long> _before = [];

    /// <summary>A container runs. Null is one whose kills nobody asks for.</summary>
    public void Begin(CgroupPath? path)
    {
        if (path is null)
            return;
        _before[path] = 0;
        _before[path] = AboveRunning(path);
    }

    /// <summary>A container has ended.</summary>
    /// <returns>How many of its processes were killed.</returns>
    public ulong End(CgroupPath? path)
    {
        if (path is null || !_before.Remove(path, out var before))
            return 0;
        var kills = Own(path) ?? Math.Max(0, AboveRunning(path) - before);
        foreach (var sibling in RunningBeside(path))
            _before[sibling] += kills;
        return (ulong)kills;
    }

    /// <summary>A container is let go of.</summary>
    public void Forget(CgroupPath? path)
    {
        if (path is not null)
            _before.Remove(path);
    }

    private long AboveRunning(CgroupPath path)
    {
        var running = RunningBeside(path).Sum(sibling => Own(sibling) ?? 0);
        return Above(path) is { } above ? (Own(above) ?? 0) - running : 0;
    }

    private List<CgroupPath> RunningBeside(CgroupPath path) => [.. _before.Keys.Where(other => Above(other) == Above(path))];

    // The pod's. crun makes the container's cgroup below its scope, and both go together.
    private static CgroupPath? Above(CgroupPath path) => path.Parent is { } scope && SystemdCgroup.IsScope(scope) ? scope.Parent : path.Parent;

    private long? Own(CgroupPath path)
    {
        try
        {
            return (long?)ContainerCgroup.At(hierarchies, path).ReadOomKills();
        }
        catch (IOException)
        {
            return null; // as good as gone: that a container has ended must be told, whatever can be read of it
        }
    }
}
