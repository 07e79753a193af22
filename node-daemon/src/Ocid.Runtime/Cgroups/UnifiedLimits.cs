using System.Globalization;
using Ocid.Spec.Schema;

namespace Ocid.Runtime.Cgroups;

internal static class UnifiedLimits
{
    private const ulong DefaultPeriod = 100000;

    public static IReadOnlyList<CgroupWrite> Of(LinuxResources resources)
    {
        var writes = new List<CgroupWrite>();
        void Add(string file, string? value)
        {
            if (value is not null)
                writes.Add(new CgroupWrite(file, value));
        }

        if (resources.Cpu is { } cpu)
        {
            Add("cpu.weight", cpu.Shares is { } shares ? Text(Weight(shares)) : null);
            if (cpu.Quota is not null || cpu.Period is not null)
                Add("cpu.max", $"{(cpu.Quota is > 0 and var quota ? Text(quota) : "max")} {Text(cpu.Period ?? DefaultPeriod)}");
            Add("cpuset.cpus", cpu.Cpus);
            Add("cpuset.mems", cpu.Mems);
        }

        if (resources.Memory is { } memory)
        {
            Add("memory.max", memory.Limit is { } limit ? OrMax(limit) : null);
            Add("memory.swap.max", Swap(memory));
        }

        Add("pids.max", resources.Pids is { } pids ? pids.Limit > 0 ? Text(pids.Limit) : "max" : null);
        foreach (var pages in resources.HugepageLimits ?? [])
            Add($"hugetlb.{pages.PageSize}.max", Text(pages.Limit));
        foreach (var (file, value) in resources.Unified ?? new Dictionary<string, string>())
            Add(file, value);
        return writes;
    }

    /// <summary>Shares of 2 to 262144 as weights of 1 to 10000, as every runtime converts them.</summary>
    /// <remarks>https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/2254-cgroup-v2</remarks>
    internal static ulong Weight(ulong shares) => 1 + ((Math.Clamp(shares, 2, 262144) - 2) * 9999 / 262142);

    // The specification's swap includes memory, the kernel's does not.
    private static string? Swap(LinuxMemory memory) => memory switch
    {
        { Swap: null } => null,
        { Swap: < 0 } => "max",
        { Limit: > 0 } => Text(memory.Swap.Value - memory.Limit.Value),
        _ => null,
    };

    private static string OrMax(long limit) => limit < 0 ? "max" : Text(limit);

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
