using Ocid.Spec.Resources;

namespace Ocid.Cri.Containers;

/// <summary>CRI's limits as the specification's generator takes them.</summary>
internal static class Resources
{
    public static ContainerResources From(V1.LinuxContainerResources? asked, long pidsLimit) => asked is null
        ? new ContainerResources { PidsLimit = pidsLimit }
        : new ContainerResources
        {
            CpuPeriod = asked.CpuPeriod,
            CpuQuota = asked.CpuQuota,
            CpuShares = asked.CpuShares,
            MemoryLimit = asked.MemoryLimitInBytes,
            MemorySwapLimit = asked.MemorySwapLimitInBytes,
            CpusetCpus = asked.CpusetCpus,
            CpusetMems = asked.CpusetMems,
            PidsLimit = pidsLimit,
            HugepageLimits = [.. asked.HugepageLimits.Select(h => KeyValuePair.Create(h.PageSize, h.Limit))],
            Unified = asked.Unified,
        };
}
