using Ocid.Cri.Containers;
using Ocid.Cri.State;
using Ocid.Cri.Observation;
using Ocid.Linux;
using Ocid.Linux.Namespaces;
using Ocid.Runtime.Cgroups;

namespace Ocid.Cri.Pods;

/// <summary>Reads what a ready sandbox uses, in CRI's words: its cgroup, its network, and each of its running containers.</summary>
internal sealed class PodStatistics(Registry<Container> containers, ContainerStatistics statistics, CgroupHierarchies hierarchies, ThisNode node)
{
    public async Task<V1.PodSandboxStats> ReadAsync(PodSandbox pod, CancellationToken ct)
    {
        var read = ContainerCgroup.At(hierarchies, PodCgroupPath.Of(pod)).Read();
        var now = node.Time.NowNanoseconds();
        var linux = new V1.LinuxPodSandboxStats
        {
            Cpu = UsageMessages.Cpu(read, pod.CpuRate, now),
            Memory = UsageMessages.Memory(read, now),
            Process = UsageMessages.Processes(read, now),
            Io = UsageMessages.Io(read, now),
            Network = UsageMessages.Network(await TrafficAsync(pod, ct).ConfigureAwait(false), now),
        };
        foreach (var container in containers.Listed.Where(c => c.Spec.PodSandboxId == pod.Id))
        {
            if (await statistics.ReadAsync(container, ct).ConfigureAwait(false) is { } stats)
                linux.Containers.Add(stats);
        }

        return new V1.PodSandboxStats
        {
            Attributes = new V1.PodSandboxAttributes
            {
                Id = pod.Id, Metadata = pod.Spec.Config.Metadata, Labels = { pod.Spec.Config.Labels }, Annotations = { pod.Spec.Config.Annotations },
            },
            Linux = linux,
        };
    }

    /// <summary>The traffic of its interfaces; none on the host's network, nor once the sandbox is stopped.</summary>
    public static async Task<IReadOnlyList<InterfaceCounters>> TrafficAsync(PodSandbox pod, CancellationToken ct)
    {
        if (pod.Spec.HostNetwork || !pod.Status.Ready)
            return [];

        try
        {
            return await OwnThread.RunAsync(() => NetworkNamespace.ReadCounters(pod.NetworkNamespace), ct).ConfigureAwait(false);
        }
        catch (LinuxException) when (!pod.Status.Ready)
        {
            return []; // stopped while it was read
        }
    }
}
