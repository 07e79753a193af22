using System.Collections.Frozen;
using Ocid.Spec;

namespace Ocid.Runtime.Cgroups;

/// <summary>Where the host's cgroup hierarchies are mounted.</summary>
public sealed class CgroupHierarchies
{
    private CgroupHierarchies(FrozenDictionary<string, CgroupMount> legacy, CgroupMount? unified) =>
        (Legacy, UnifiedMount) = (legacy, unified);

    /// <summary>How cgroups are mounted.</summary>
    public CgroupMode Mode => Legacy.Keys.Any(name => !name.StartsWith("name=", StringComparison.Ordinal))
        ? UnifiedMount is null ? CgroupMode.Legacy : CgroupMode.Hybrid
        : CgroupMode.Unified;

    /// <summary>The v1 hierarchies by controller, named ones as <c>name=systemd</c>.</summary>
    internal FrozenDictionary<string, CgroupMount> Legacy { get; }

    /// <summary>The v2 hierarchy, where there is one.</summary>
    internal CgroupMount? UnifiedMount { get; }

    /// <summary>Reads where this process sees them.</summary>
    /// <param name="root">The root of the files read; another one than / for tests.</param>
    public static CgroupHierarchies Read(string root = "/") => Parse(File.ReadAllText(Path.Combine(root, "proc/self/mountinfo")), root);

    /// <summary>From the content of a mountinfo file. Of several mounts of one hierarchy the first counts.</summary>
    /// <remarks>https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html</remarks>
    internal static CgroupHierarchies Parse(string mountInfo, string root = "/")
    {
        var legacy = new Dictionary<string, CgroupMount>(StringComparer.Ordinal);
        CgroupMount? unified = null;
        foreach (var line in mountInfo.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var halves = line.Split(" - ", 2);
            if (halves.Length != 2 || halves[0].Split(' ') is not [_, _, _, var mountRoot, var mountPoint, ..] || halves[1].Split(' ') is not [var type, _, var options, ..])
                continue;

            var mount = new CgroupMount(Path.Combine(root, mountPoint.TrimStart('/')), mountRoot);
            if (type == "cgroup2")
                unified ??= mount;
            else if (type == "cgroup")
                AddControllers(legacy, options, mount);
        }

        return new CgroupHierarchies(legacy.ToFrozenDictionary(StringComparer.Ordinal), unified);
    }

    /// <summary>Controllers that limits can be set with.</summary>
    internal FrozenSet<string> Controllers() => Mode == CgroupMode.Unified
        ? CgroupFile.Words(Path.Combine(UnifiedMount?.Directory ?? "/nonexistent", "cgroup.controllers")).ToFrozenSet(StringComparer.Ordinal)
        : Legacy.Keys.Where(name => !name.StartsWith("name=", StringComparison.Ordinal)).ToFrozenSet(StringComparer.Ordinal);

    private static void AddControllers(Dictionary<string, CgroupMount> legacy, string options, CgroupMount mount)
    {
        foreach (var option in options.Split(','))
        {
            if (option.StartsWith("name=", StringComparison.Ordinal) || LegacyControllers.Names.Contains(option))
                legacy.TryAdd(option, mount);
        }
    }
}
