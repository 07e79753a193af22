namespace Ocid.E2E.Nodes;

/// <summary>The cgroups that a kubelet makes and removes: one for all pods and one below it for each. The test node stands in for it.</summary>
internal static class NodeCgroup
{
    private static readonly string[] Hierarchies =
        Directory.Exists("/sys/fs/cgroup/memory") || Directory.Exists("/sys/fs/cgroup/unified")
            ? Directory.GetDirectories("/sys/fs/cgroup")
            : ["/sys/fs/cgroup"];

    /// <summary>Removes both from every hierarchy; what is below them was left by a container and is added to <paramref name="leftovers"/>.</summary>
    public static void Remove(string cgroup, ICollection<string> leftovers)
    {
        foreach (var folder in Hierarchies.Select(hierarchy => hierarchy + cgroup).Where(Directory.Exists))
        {
            // Children first: a cgroup is removed by rmdir, and only when it is empty.
            foreach (var child in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).OrderByDescending(path => path.Length))
            {
                if (Path.GetDirectoryName(child) != folder)
                    leftovers.Add($"cgroup {child}");
                TryRemove(child);
            }
            TryRemove(folder);
        }
    }

    /// <summary>Removes a pod's cgroup from every hierarchy. One that is not empty stays, for whoever compares the machine before and after.</summary>
    public static void RemovePod(string cgroup)
    {
        foreach (var folder in Hierarchies.Select(hierarchy => hierarchy + cgroup).Where(Directory.Exists))
            TryRemove(folder);
    }

    private static void TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (IOException)
        {
            // Still in use: the comparison of the machine before and after names it.
        }
    }
}
