namespace Ocid.Runtime.Cgroups;

internal static class UnifiedTree
{
    // Controllers reach a cgroup only when each of its ancestors hands them down.
    public static void Create(CgroupMount mount, CgroupPath path)
    {
        var directory = mount.Directory;
        foreach (var part in path.Value.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            HandDown(directory);
            directory = Path.Combine(directory, part);
            Directory.CreateDirectory(directory);
        }

        HandDown(directory);
    }

    // One at a time: a controller that cannot be handed down (cpu with real-time processes) must not hold back the others.
    private static void HandDown(string directory)
    {
        var control = Path.Combine(directory, "cgroup.subtree_control");
        var active = CgroupFile.Words(control);
        foreach (var controller in CgroupFile.Words(Path.Combine(directory, "cgroup.controllers")).Except(active, StringComparer.Ordinal))
        {
            try
            {
                File.WriteAllText(control, "+" + controller);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // a limit that needs it fails later, by its name
            }
        }
    }
}
