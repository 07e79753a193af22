using System.Collections.Frozen;

namespace Ocid.Runtime.Cgroups;

// /proc/PID/cgroup: lines of id:controllers:path, the v2 hierarchy as 0::path.
internal sealed class ProcessCgroups
{
    private readonly FrozenDictionary<string, string> _paths;

    private ProcessCgroups(FrozenDictionary<string, string> paths) => _paths = paths;

    public string? Unified => _paths.GetValueOrDefault("");

    public static ProcessCgroups Parse(string content)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in content.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(':', 3) is not [_, var controllers, var path])
                continue;
            foreach (var controller in controllers.Split(','))
                paths[controller] = path;
        }

        return new ProcessCgroups(paths.ToFrozenDictionary(StringComparer.Ordinal));
    }

    public string? Of(string controller) => _paths.GetValueOrDefault(controller);
}
