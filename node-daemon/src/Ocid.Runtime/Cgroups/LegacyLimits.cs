using System.Globalization;
using Ocid.Spec.Schema;

namespace Ocid.Runtime.Cgroups;

internal static class LegacyLimits
{
    public static IReadOnlyList<CgroupWrite> Of(LinuxResources resources)
    {
        var writes = new List<CgroupWrite>();
        void Add(string file, IFormattable? value)
        {
            if (value is not null)
                writes.Add(new CgroupWrite(file, value.ToString(null, CultureInfo.InvariantCulture)));
        }

        if (resources.Cpu is { } cpu)
        {
            Add("cpu.shares", cpu.Shares);
            Add("cpu.cfs_period_us", cpu.Period);
            Add("cpu.cfs_quota_us", cpu.Quota);
            if (cpu.Cpus is { } cpus)
                writes.Add(new CgroupWrite("cpuset.cpus", cpus));
            if (cpu.Mems is { } mems)
                writes.Add(new CgroupWrite("cpuset.mems", mems));
        }

        Add("memory.limit_in_bytes", resources.Memory?.Limit);
        Add("memory.memsw.limit_in_bytes", resources.Memory?.Swap);
        if (resources.Pids is { } pids)
            writes.Add(new CgroupWrite("pids.max", pids.Limit > 0 ? pids.Limit.ToString(CultureInfo.InvariantCulture) : "max"));
        foreach (var pages in resources.HugepageLimits ?? [])
            Add($"hugetlb.{pages.PageSize}.limit_in_bytes", pages.Limit);
        return writes;
    }
}
