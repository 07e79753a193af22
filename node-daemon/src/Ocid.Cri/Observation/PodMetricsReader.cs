using Ocid.Cri.Containers;
using Ocid.Cri.Observation.Samples;
using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Linux;
using Ocid.Storage;

namespace Ocid.Cri.Observation;

/// <summary>Reads the metrics of the ready sandboxes and of their running containers.</summary>
internal sealed class PodMetricsReader(
    Registry<PodSandbox> pods, Registry<Container> containers, ContainerRuntimes runtimes, ContainerStatistics statistics, Store store, ThisNode node)
{
    /// <summary>Each ready sandbox once.</summary>
    public async Task<IReadOnlyList<PodMetrics>> ReadAsync(CancellationToken ct)
    {
        var fileSystem = await store.FileSystemUsageAsync(ct).ConfigureAwait(false);
        var read = new List<PodMetrics>();
        foreach (var pod in pods.Listed.Where(p => p.Status.Ready))
        {
            var traffic = await PodStatistics.TrafficAsync(pod, ct).ConfigureAwait(false);
            var subjects = new List<MetricSubject>();
            foreach (var container in containers.Listed.Where(c => c.Spec.PodSandboxId == pod.Id && c.Status.Phase == ContainerPhase.Running))
            {
                var layer = await statistics.WritableLayerAsync(container, ct).ConfigureAwait(false);
                var samples = await OwnThread.RunAsync(() => Of(container, layer, fileSystem).ToList(), ct).ConfigureAwait(false);
                subjects.Add(MetricSubject.Of(pod, container, samples));
            }

            read.Add(new PodMetrics(MetricSubject.Of(pod, NetworkSamples.Of(traffic)), subjects, node.Time.NowNanoseconds()));
        }

        return read;
    }

    private IEnumerable<Sample> Of(Container container, StorageUsage? layer, FileSystemUsage fileSystem)
    {
        var cgroup = runtimes.CgroupOf(container);
        if (!cgroup.Exists)
            return [];

        var read = cgroup.Read();
        var limits = container.Resources;
        return
        [
            .. CpuSamples.Of(read.Cpu), .. CpuSamples.Limits(limits),
            .. MemorySamples.Of(read, cgroup.ReadOomKills() ?? 0), .. MemorySamples.Limits(limits),
            .. HugePageSamples.Of(read.HugePages),
            .. IoSamples.Of(read.Io),
            .. layer is null ? [] : FileSystemSamples.Of(layer, fileSystem, store.Device),
            .. PressureSamples.Of(read),
            .. ProcessSamples.Of(cgroup.Processes(), read.Pids, container.Status.Pid),
            .. LifeSamples.Of(container.Status.StartedAt, node.Time.NowNanoseconds()),
        ];
    }
}
