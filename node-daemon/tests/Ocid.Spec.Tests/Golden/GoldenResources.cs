using Ocid.Spec.Resources;

namespace Ocid.Spec.Tests.Golden;

internal sealed record GoldenResources
{
    public long CpuPeriod { get; init; }

    public long CpuQuota { get; init; }

    public long CpuShares { get; init; }

    public long MemoryLimit { get; init; }

    public long MemorySwapLimit { get; init; }

    public string? CpusetCpus { get; init; }

    public string? CpusetMems { get; init; }

    public long PidsLimit { get; init; }

    public IReadOnlyDictionary<string, ulong>? HugepageLimits { get; init; }

    public IReadOnlyDictionary<string, string>? Unified { get; init; }

    public ContainerResources ToResources()
    {
        var none = new ContainerResources();
        return new ContainerResources
        {
            CpuPeriod = CpuPeriod,
            CpuQuota = CpuQuota,
            CpuShares = CpuShares,
            MemoryLimit = MemoryLimit,
            MemorySwapLimit = MemorySwapLimit,
            CpusetCpus = CpusetCpus ?? "",
            CpusetMems = CpusetMems ?? "",
            PidsLimit = PidsLimit,
            HugepageLimits = HugepageLimits?.ToList() ?? [],
            Unified = Unified ?? none.Unified,
        };
    }
}
