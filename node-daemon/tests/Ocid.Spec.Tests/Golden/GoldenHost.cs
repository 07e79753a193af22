using Ocid.Spec.Capabilities;

namespace Ocid.Spec.Tests.Golden;

// The host of a case: cgroup v2 with every capability, unless it says otherwise.
internal sealed record GoldenHost
{
    public IReadOnlyList<string>? MissingCapabilities { get; init; }

    public int OomScoreAdj { get; init; }

    public CgroupMode CgroupMode { get; init; }

    public IReadOnlyList<string>? Controllers { get; init; }

    public IReadOnlyDictionary<string, ulong>? HardRlimits { get; init; }

    public bool NoSwapAccounting { get; init; }

    public HostFacts ToFacts() => new()
    {
        BoundingSet = KnownCapabilities.ByNumber.Except(MissingCapabilities ?? []).ToHashSet(),
        OomScoreAdj = OomScoreAdj,
        CgroupMode = CgroupMode,
        Controllers = (Controllers ?? ["cpu", "cpuset", "memory", "pids", "hugetlb", "io"]).ToHashSet(),
        SwapAccounting = !NoSwapAccounting,
        HardRlimits = HardRlimits ?? new Dictionary<string, ulong>(),
        Kernel = new Version(6, 1),
    };
}
