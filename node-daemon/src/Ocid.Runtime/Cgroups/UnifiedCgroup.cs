using System.Globalization;
using Ocid.Runtime.Cgroups.Stats;

namespace Ocid.Runtime.Cgroups;

// https://docs.kernel.org/admin-guide/cgroup-v2.html
internal sealed class UnifiedCgroup(string directory) : ContainerCgroup
{
    public override bool Exists => Directory.Exists(directory);

    public override CgroupStats Read() => new()
    {
        Cpu = Cpu(),
        Memory = Memory(),
        Swap = Swap(),
        Pids = CgroupFile.Number(At("pids.current")) is { } pids ? new PidsUsage(pids, CgroupFile.Number(At("pids.max"))) : null,
        Io = ParseIo(CgroupFile.Text(At("io.stat"))),
        CpuPressure = Pressure("cpu.pressure"),
        MemoryPressure = Pressure("memory.pressure"),
        IoPressure = Pressure("io.pressure"),
        HugePages = HugePageFiles.Read(directory, "current", peak: null),
    };

    public override IReadOnlySet<int> Processes() => CgroupTree.Processes(directory);

    public override ulong? ReadOomKills() => CgroupFile.Keys(At("memory.events")).Find("oom_kill");

    public override bool TryKill() => CgroupFile.TryWrite(At("cgroup.kill"), "1");

    private string At(string file) => Path.Combine(directory, file);

    private CpuUsage? Cpu()
    {
        var stat = CgroupFile.Keys(At("cpu.stat"));
        return stat.Find("usage_usec") is { } total
            ? new CpuUsage(total * 1000, stat["user_usec"] * 1000, stat["system_usec"] * 1000, stat["nr_periods"], stat["nr_throttled"], stat["throttled_usec"] * 1000)
            : null;
    }

    private MemoryUsage? Memory()
    {
        if (CgroupFile.Number(At("memory.current")) is not { } usage)
            return null;

        var stat = CgroupFile.Keys(At("memory.stat"));
        var workingSet = usage - Math.Min(usage, stat["inactive_file"]);
        var limit = CgroupFile.Number(At("memory.max"));
        return new MemoryUsage
        {
            Usage = usage,
            WorkingSet = workingSet,
            Limit = limit,
            Available = limit is { } bytes ? bytes - Math.Min(bytes, workingSet) : null,
            Rss = stat["anon"],
            Cache = stat["file"],
            MappedFile = stat["file_mapped"],
            Kernel = stat.Find("kernel") ?? stat["kernel_stack"] + stat["slab"],
            Peak = CgroupFile.Number(At("memory.peak")),
            LimitHits = CgroupFile.Keys(At("memory.events"))["max"],
            PageFaults = stat["pgfault"],
            MajorPageFaults = stat["pgmajfault"],
        };
    }

    private SwapUsage? Swap()
    {
        if (CgroupFile.Number(At("memory.swap.current")) is not { } usage)
            return null;
        return new SwapUsage(usage, CgroupFile.Number(At("memory.swap.max")) is { } limit ? limit - Math.Min(limit, usage) : null);
    }

    private PressureStall? Pressure(string file)
    {
        try
        {
            return PressureFile.Parse(CgroupFile.Text(At(file)));
        }
        catch (IOException)
        {
            return null; // EOPNOTSUPP: built in, but switched off (psi=0)
        }
    }

    internal static IReadOnlyList<DeviceIo> ParseIo(string? content)
    {
        var devices = new List<DeviceIo>();
        foreach (var line in (content ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            if (!DeviceName.TryParse(words[0], out var major, out var minor))
                continue;
            ulong Field(string name) => words.FirstOrDefault(word => word.StartsWith(name, StringComparison.Ordinal)) is { } word
                && ulong.TryParse(word.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
            devices.Add(new DeviceIo(major, minor, Field("rbytes="), Field("wbytes="), Field("rios="), Field("wios=")));
        }

        return devices;
    }
}
