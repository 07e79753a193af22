using Ocid.Primitives;
using Ocid.Spec.Schema;

namespace Ocid.Spec.Resources;

/// <summary>Turns limits as CRI words them into limits as the specification words them, as far as the host can set them.</summary>
public static class ResourceMapping
{
    /// <summary>The limits without device rules: for an update, and for pod cgroups.</summary>
    /// <exception cref="OcidException">FailedPrecondition: a limit was asked for that the host has no controller for.</exception>
    public static LinuxResources Map(ContainerResources resources, HostFacts host) => new()
    {
        Cpu = Cpu(resources),
        Memory = Memory(resources, host),
        Pids = resources.PidsLimit > 0 ? new LinuxPids { Limit = resources.PidsLimit } : null,
        HugepageLimits = Hugepages(resources.HugepageLimits, host),
        Unified = Unified(resources.Unified, host),
    };

    private static LinuxCpu? Cpu(ContainerResources resources)
    {
        var cpu = new LinuxCpu
        {
            Shares = resources.CpuShares > 0 ? (ulong)Math.Max(2, resources.CpuShares) : null,
            Quota = resources.CpuQuota == 0 ? null : resources.CpuQuota,
            Period = resources.CpuPeriod > 0 ? (ulong)resources.CpuPeriod : null,
            Cpus = resources.CpusetCpus.Length > 0 ? resources.CpusetCpus : null,
            Mems = resources.CpusetMems.Length > 0 ? resources.CpusetMems : null,
        };
        return cpu == new LinuxCpu() ? null : cpu;
    }

    // Without a swap limit of its own a container gets no swap beyond its memory, where the kernel can say so.
    private static LinuxMemory? Memory(ContainerResources resources, HostFacts host)
    {
        if (resources.MemoryLimit == 0 && resources.MemorySwapLimit == 0)
            return null;
        if (resources.MemorySwapLimit > 0 && resources.MemorySwapLimit < resources.MemoryLimit)
            throw new OcidException(ErrorKind.InvalidArgument, $"memory swap limit {resources.MemorySwapLimit}: below the memory limit {resources.MemoryLimit}");

        var swap = resources.MemorySwapLimit != 0 ? resources.MemorySwapLimit : resources.MemoryLimit;
        return new LinuxMemory
        {
            Limit = resources.MemoryLimit == 0 ? null : resources.MemoryLimit,
            Swap = host.SwapAccounting ? swap : null,
        };
    }

    // The kubelet sends a limit for every page size of the machine, 0 where the pod asked for none.
    private static LinuxHugepageLimit[]? Hugepages(IReadOnlyList<KeyValuePair<string, ulong>> limits, HostFacts host)
    {
        if (!host.Controllers.Contains("hugetlb"))
        {
            var real = limits.FirstOrDefault(limit => limit.Value is > 0 and < long.MaxValue);
            return real.Key is null
                ? null
                : throw new OcidException(ErrorKind.FailedPrecondition, $"huge page limit {Quoted.Text(real.Key)}: this host has no hugetlb controller where limits are set");
        }

        return limits.Count == 0 ? null : [.. limits.Select(limit => new LinuxHugepageLimit { PageSize = limit.Key, Limit = limit.Value })];
    }

    private static IReadOnlyDictionary<string, string>? Unified(IReadOnlyDictionary<string, string> files, HostFacts host)
    {
        if (files.Count == 0)
            return null;
        if (host.CgroupMode != CgroupMode.Unified)
            throw new OcidException(ErrorKind.FailedPrecondition, "unified resources: this host has cgroup v1");
        if (files.Keys.FirstOrDefault(name => name.Contains('/', StringComparison.Ordinal) || !name.Contains('.', StringComparison.Ordinal)) is { } bad)
            throw new OcidException(ErrorKind.InvalidArgument, $"unified resource {Quoted.Text(bad)}: want the name of a cgroup file");
        return files;
    }
}
