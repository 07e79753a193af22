using Ocid.Linux.Namespaces;
using Ocid.Runtime.Cgroups.Stats;
using Ocid.Storage;

namespace Ocid.Cri.Observation;

/// <summary>What a cgroup, a network namespace or a layer uses, in CRI's words. A part that the kernel does not count is absent.</summary>
internal static class UsageMessages
{
    public static V1.CpuUsage? Cpu(CgroupStats read, CpuRate rate, long now) => read.Cpu is not { } cpu ? null : new V1.CpuUsage
    {
        Timestamp = now,
        UsageCoreNanoSeconds = Value(cpu.TotalNanoseconds),
        UsageNanoCores = Value(rate.Next(cpu.TotalNanoseconds, now)),
        Psi = Pressure(read.CpuPressure),
    };

    public static V1.MemoryUsage? Memory(CgroupStats read, long now) => read.Memory is not { } memory ? null : new V1.MemoryUsage
    {
        Timestamp = now,
        WorkingSetBytes = Value(memory.WorkingSet),
        AvailableBytes = Value(memory.Available),
        UsageBytes = Value(memory.Usage),
        RssBytes = Value(memory.Rss),
        PageFaults = Value(memory.PageFaults),
        MajorPageFaults = Value(memory.MajorPageFaults),
        Psi = Pressure(read.MemoryPressure),
    };

    public static V1.SwapUsage? Swap(CgroupStats read, long now) => read.Swap is not { } swap ? null : new V1.SwapUsage
    {
        Timestamp = now, SwapUsageBytes = Value(swap.Usage), SwapAvailableBytes = Value(swap.Available),
    };

    public static V1.IoUsage? Io(CgroupStats read, long now) =>
        Pressure(read.IoPressure) is { } pressure ? new V1.IoUsage { Timestamp = now, Psi = pressure } : null;

    public static V1.ProcessUsage? Processes(CgroupStats read, long now) =>
        read.Pids is { } pids ? new V1.ProcessUsage { Timestamp = now, ProcessCount = Value(pids.Current) } : null;

    public static V1.NetworkUsage? Network(IReadOnlyList<InterfaceCounters> counters, long now)
    {
        var interfaces = counters.Where(one => one.Name != "lo").Select(Interface).ToList();
        if (interfaces.Count == 0)
            return null;

        var usage = new V1.NetworkUsage { Timestamp = now, DefaultInterface = interfaces.Find(one => one.Name == "eth0") ?? interfaces[0] };
        usage.Interfaces.AddRange(interfaces.Where(one => one != usage.DefaultInterface));
        return usage;
    }

    public static V1.FilesystemUsage Layer(StorageUsage usage, long now) => new()
    {
        Timestamp = now,
        FsId = new V1.FilesystemIdentifier { Mountpoint = usage.Path },
        UsedBytes = Value((ulong)usage.Bytes),
        InodesUsed = Value((ulong)usage.Inodes),
    };

    private static V1.NetworkInterfaceUsage Interface(InterfaceCounters counters) => new()
    {
        Name = counters.Name,
        RxBytes = Value(counters.ReceivedBytes),
        RxErrors = Value(counters.ReceiveErrors),
        TxBytes = Value(counters.SentBytes),
        TxErrors = Value(counters.SendErrors),
    };

    private static V1.PsiStats? Pressure(PressureStall? stall) =>
        stall is null ? null : new V1.PsiStats { Full = Pressure(stall.Full), Some = Pressure(stall.Some) };

    private static V1.PsiData Pressure(PressureLine line) =>
        new() { Total = line.TotalMicroseconds, Avg10 = line.Average10, Avg60 = line.Average60, Avg300 = line.Average300 };

    private static V1.UInt64Value? Value(ulong? value) => value is { } known ? new V1.UInt64Value { Value = known } : null;
}
