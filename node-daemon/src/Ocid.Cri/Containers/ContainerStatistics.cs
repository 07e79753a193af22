using Ocid.Cri.State;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Cri.Containers;

/// <summary>Reads what a container uses, in CRI's words.</summary>
internal sealed class ContainerStatistics(ContainerRuntimes runtimes, Store store, ThisNode node)
{
    /// <summary>Its use now; null when it has no cgroup: it has ended.</summary>
    public async Task<V1.ContainerStats?> ReadAsync(Container container, CancellationToken ct)
    {
        var cgroup = runtimes.CgroupOf(container);
        if (container.Status.Phase == ContainerPhase.Exited || !cgroup.Exists)
            return null;

        var read = cgroup.Read();
        var now = node.Time.NowNanoseconds();
        return new V1.ContainerStats
        {
            Attributes = new V1.ContainerAttributes
            {
                Id = container.Id,
                Metadata = container.Spec.Config.Metadata,
                Labels = { container.Spec.Config.Labels },
                Annotations = { container.Spec.Config.Annotations },
            },
            Cpu = read.Cpu is { } cpu ? new V1.CpuUsage { Timestamp = now, UsageCoreNanoSeconds = Value(cpu.TotalNanoseconds) } : null,
            Memory = read.Memory is { } memory
                ? new V1.MemoryUsage
                {
                    Timestamp = now,
                    WorkingSetBytes = Value(memory.WorkingSet),
                    AvailableBytes = Value(memory.Available),
                    UsageBytes = Value(memory.Usage),
                    RssBytes = Value(memory.Rss),
                    PageFaults = Value(memory.PageFaults),
                    MajorPageFaults = Value(memory.MajorPageFaults),
                }
                : null,
            Swap = read.Swap is { } swap
                ? new V1.SwapUsage { Timestamp = now, SwapUsageBytes = Value(swap.Usage), SwapAvailableBytes = Value(swap.Available) }
                : null,
            WritableLayer = await WritableLayerAsync(container, now, ct).ConfigureAwait(false),
        };
    }

    private async Task<V1.FilesystemUsage?> WritableLayerAsync(Container container, long now, CancellationToken ct)
    {
        try
        {
            var usage = await store.ContainerUsageAsync(container.Spec.ContainerId, ct).ConfigureAwait(false);
            return new V1.FilesystemUsage
            {
                Timestamp = now,
                FsId = new V1.FilesystemIdentifier { Mountpoint = usage.Path },
                UsedBytes = Value((ulong)usage.Bytes),
                InodesUsed = Value((ulong)usage.Inodes),
            };
        }
        catch (OcidException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            return null;
        }
    }

    private static V1.UInt64Value? Value(ulong? value) => value is { } known ? new V1.UInt64Value { Value = known } : null;
}
