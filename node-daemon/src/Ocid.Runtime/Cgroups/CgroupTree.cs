using System.Globalization;

namespace Ocid.Runtime.Cgroups;

internal static class CgroupTree
{
    /// <summary>The processes of a cgroup and of all below it.</summary>
    public static IReadOnlySet<int> Processes(string directory)
    {
        var pids = new HashSet<int>();
        foreach (var cgroup in Descendants(directory).Append(directory))
        {
            foreach (var word in CgroupFile.Words(Path.Combine(cgroup, "cgroup.procs")))
                pids.Add(int.Parse(word, CultureInfo.InvariantCulture));
        }

        pids.Remove(0); // of another pid namespace: not ours to signal
        return pids;
    }

    /// <summary>Removes a cgroup and all below it.</summary>
    /// <returns>False while something is in one of them.</returns>
    public static bool TryRemove(string directory)
    {
        try
        {
            foreach (var cgroup in Descendants(directory).OrderByDescending(path => path.Length))
                Directory.Delete(cgroup);
            if (Directory.Exists(directory))
                Directory.Delete(directory);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return !Directory.Exists(directory);
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string[] Descendants(string directory)
    {
        try
        {
            return Directory.GetDirectories(directory, "*", SearchOption.AllDirectories);
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
