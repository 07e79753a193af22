using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Runtime.Monitoring;

namespace Ocid.Cri.Containers;

/// <summary>Follows the monitor's reports: of containers, and of the first processes of shared PID namespaces.</summary>
internal sealed class MonitorExits(Registry<PodSandbox> pods, Registry<Container> containers, ContainerExits exits, StopPodSandbox stop)
{
    // A node's pods may all end at once; each end runs the OCI runtime once.
    private const int AtOnce = 8;

    /// <summary>Runs until the token ends it.</summary>
    public Task FollowAsync(MonitorClient monitor, CancellationToken ct) =>
        Parallel.ForEachAsync(monitor.Exits.ReadAllAsync(ct), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, RecordAsync);

    private async ValueTask RecordAsync(ContainerExit exit, CancellationToken ct)
    {
        if (containers.All.FirstOrDefault(c => c.Id == exit.Id.Value) is { } container)
            await exits.RecordSupervisedAsync(container, exit).ConfigureAwait(false);
        else if (pods.Find(exit.Id.Value) is { } pod)
            await stop.EndAsync(pod, ct).ConfigureAwait(false);
    }
}
