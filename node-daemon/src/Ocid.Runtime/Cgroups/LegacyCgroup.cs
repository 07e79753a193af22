using Ocid.Runtime.Cgroups.Stats;

namespace Ocid.Runtime.Cgroups;

// https://docs.kernel.org/admin-guide/cgroup-v1/memory.html and its neighbours. Each controller has a directory of its own.
internal sealed class LegacyCgroup(Func<string, string?> directoryOf) : ContainerCgroup
{
    // "No limit" is the largest page-aligned number.
    private const ulong Unlimited = long.MaxValue / 65536 * 65536;
    private const ulong NanosecondsPerTick = 10_000_000; // USER_HZ is 100 on every architecture served

    public override bool Exists => directoryOf("memory") is { } memory && Directory.Exists(memory);

    public override CgroupStats Read() => new()
    {
        Cpu = Cpu(),
        Memory = Memory(),
        Swap = Swap(),
        Pids = CgroupFile.Number(At("pids", "pids.current")) is { } pids ? new PidsUsage(pids, CgroupFile.Number(At("pids", "pids.max"))) : null,
        Io = ParseIo(
            CgroupFile.Text(At("blkio", "blkio.throttle.io_service_bytes_recursive")),
            CgroupFile.Text(At("blkio", "blkio.throttle.io_serviced_recursive"))),
        HugePages = HugePageFiles.Read(directoryOf("hugetlb"), "usage_in_bytes", "max_usage_in_bytes"),
    };

    public override IReadOnlySet<int> Processes() => directoryOf("memory") is { } memory ? CgroupTree.Processes(memory) : new HashSet<int>();

    public override ulong? ReadOomKills() => CgroupFile.Keys(At("memory", "memory.oom_control")).Find("oom_kill");

    public override bool TryKill() => false;

    private string At(string controller, string file) => Path.Combine(directoryOf(controller) ?? "/nonexistent", file);

    private CpuUsage? Cpu()
    {
        if (CgroupFile.Number(At("cpuacct", "cpuacct.usage")) is not { } total)
            return null;

        var ticks = CgroupFile.Keys(At("cpuacct", "cpuacct.stat"));
        var quota = CgroupFile.Keys(At("cpu", "cpu.stat"));
        return new CpuUsage(
            total,
            CgroupFile.Number(At("cpuacct", "cpuacct.usage_user")) ?? ticks["user"] * NanosecondsPerTick,
            CgroupFile.Number(At("cpuacct", "cpuacct.usage_sys")) ?? ticks["system"] * NanosecondsPerTick,
            quota["nr_periods"],
            quota["nr_throttled"],
            quota["throttled_time"]);
    }

    private MemoryUsage? Memory()
    {
        if (CgroupFile.Number(At("memory", "memory.usage_in_bytes")) is not { } usage)
            return null;

        var stat = CgroupFile.Keys(At("memory", "memory.stat"));
        var workingSet = usage - Math.Min(usage, stat["total_inactive_file"]);
        var limit = Limit("memory.limit_in_bytes");
        return new MemoryUsage
        {
            Usage = usage,
            WorkingSet = workingSet,
            Limit = limit,
            Available = limit is { } bytes ? bytes - Math.Min(bytes, workingSet) : null,
            Rss = stat["total_rss"],
            Cache = stat["total_cache"],
            MappedFile = stat["total_mapped_file"],
            Kernel = CgroupFile.Number(At("memory", "memory.kmem.usage_in_bytes")),
            Peak = CgroupFile.Number(At("memory", "memory.max_usage_in_bytes")),
            LimitHits = CgroupFile.Number(At("memory", "memory.failcnt")) ?? 0,
            PageFaults = stat["total_pgfault"],
            MajorPageFaults = stat["total_pgmajfault"],
        };
    }

    // memsw is memory and swap together.
    private SwapUsage? Swap()
    {
        if (CgroupFile.Number(At("memory", "memory.memsw.usage_in_bytes")) is not { } both || CgroupFile.Number(At("memory", "memory.usage_in_bytes")) is not { } memory)
            return null;

        var usage = both - Math.Min(both, memory);
        ulong? available = Limit("memory.memsw.limit_in_bytes") is { } limit
            ? limit - Math.Min(limit, Limit("memory.limit_in_bytes") ?? 0) is var swap ? swap - Math.Min(swap, usage) : 0
            : null;
        return new SwapUsage(usage, available);
    }

    private ulong? Limit(string file) => CgroupFile.Number(At("memory", file)) is { } limit && limit < Unlimited ? limit : null;

    internal static IReadOnlyList<DeviceIo> ParseIo(string? bytes, string? operations)
    {
        var devices = new SortedDictionary<(uint Major, uint Minor), DeviceIo>();
        foreach (var (device, kind, value) in Lines(bytes))
        {
            var io = devices.GetValueOrDefault(device, new DeviceIo(device.Major, device.Minor, 0, 0, 0, 0));
            devices[device] = kind switch { "Read" => io with { ReadBytes = value }, "Write" => io with { WriteBytes = value }, _ => io };
        }

        foreach (var (device, kind, value) in Lines(operations))
        {
            var io = devices.GetValueOrDefault(device, new DeviceIo(device.Major, device.Minor, 0, 0, 0, 0));
            devices[device] = kind switch { "Read" => io with { Reads = value }, "Write" => io with { Writes = value }, _ => io };
        }

        return [.. devices.Values];
    }

    private static IEnumerable<((uint Major, uint Minor) Device, string Kind, ulong Value)> Lines(string? content)
    {
        foreach (var line in (content ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is [var name, var kind, var number] && DeviceName.TryParse(name, out var major, out var minor))
                yield return ((major, minor), kind, CgroupFile.ParseNumber(number) ?? 0);
        }
    }
}
