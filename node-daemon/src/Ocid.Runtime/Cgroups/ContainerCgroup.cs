using Ocid.Primitives;
using Ocid.Runtime.Cgroups.Stats;
using Ocid.Spec;

namespace Ocid.Runtime.Cgroups;

/// <summary>The cgroup of a container or a pod, to read what it uses and to kill what is in it.</summary>
public abstract class ContainerCgroup
{
    private protected ContainerCgroup()
    {
    }

    /// <summary>The cgroup of this path.</summary>
    public static ContainerCgroup At(CgroupHierarchies hierarchies, CgroupPath path) =>
        hierarchies.Mode == CgroupMode.Unified
            ? new UnifiedCgroup(hierarchies.UnifiedMount!.Locate(path.Value))
            : new LegacyCgroup(controller => hierarchies.Legacy.GetValueOrDefault(controller)?.Locate(path.Value));

    /// <summary>The cgroup that a process is in, wherever its runtime has put it.</summary>
    /// <param name="hierarchies">Where the hierarchies are mounted.</param>
    /// <param name="pid">The process.</param>
    /// <param name="root">The root of the files read; another one than / for tests.</param>
    /// <exception cref="OcidException">NotFound: there is no such process.</exception>
    public static ContainerCgroup Of(CgroupHierarchies hierarchies, int pid, string root = "/")
    {
        var content = CgroupFile.Text(Path.Combine(root, $"proc/{pid}/cgroup"))
            ?? throw new OcidException(ErrorKind.NotFound, $"cgroup of process {pid}: no such process");
        var process = ProcessCgroups.Parse(content);
        if (hierarchies.Mode == CgroupMode.Unified)
            return new UnifiedCgroup(hierarchies.UnifiedMount!.Locate(process.Unified ?? "/"));
        return new LegacyCgroup(controller => process.Of(controller) is { } path ? hierarchies.Legacy.GetValueOrDefault(controller)?.Locate(path) : null);
    }

    /// <summary>Whether it is there.</summary>
    public abstract bool Exists { get; }

    /// <summary>What it uses now. All parts are missing when it is gone.</summary>
    public abstract CgroupStats Read();

    /// <summary>The processes in it and in the cgroups below it, by their ids here; none when it is gone.</summary>
    public abstract IReadOnlySet<int> Processes();

    /// <summary>How often the kernel killed a process of it, on v2 also of those below it, for lack of memory; null when it is gone.</summary>
    public abstract ulong? ReadOomKills();

    /// <summary>Has the kernel kill all that is in it, which no security module can refuse. Does not wait for their end.</summary>
    /// <returns>False where the kernel cannot (cgroup v1, and Linux before 5.14), and when it is gone.</returns>
    public abstract bool TryKill();
}
