namespace Ocid.Runtime.Cgroups;

/// <summary>A mounted hierarchy.</summary>
/// <param name="Directory">Where it is mounted.</param>
/// <param name="Root">Which of its directories is the mount's root: not / inside a container.</param>
internal sealed record CgroupMount(string Directory, string Root)
{
    /// <summary>The directory of a cgroup that /proc/PID/cgroup names by this path.</summary>
    public string Locate(string path)
    {
        var below = Root != "/" && (path == Root || path.StartsWith(Root + "/", StringComparison.Ordinal)) ? path[Root.Length..] : path;
        return Path.Combine(Directory, below.TrimStart('/'));
    }
}
