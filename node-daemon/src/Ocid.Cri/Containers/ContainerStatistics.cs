using Ocid.Cri.State;
using Ocid.Cri.Observation;
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
            Cpu = UsageMessages.Cpu(read, container.CpuRate, now),
            Memory = UsageMessages.Memory(read, now),
            Swap = UsageMessages.Swap(read, now),
            Io = UsageMessages.Io(read, now),
            WritableLayer = await WritableLayerAsync(container, ct).ConfigureAwait(false) is { } layer ? UsageMessages.Layer(layer, now) : null,
        };
    }

    /// <summary>What its writable layer holds; null when the store has it no more.</summary>
    public async Task<StorageUsage?> WritableLayerAsync(Container container, CancellationToken ct)
    {
        try
        {
            return await store.ContainerUsageAsync(container.Spec.ContainerId, ct).ConfigureAwait(false);
        }
        catch (OcidException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            return null;
        }
    }
}
