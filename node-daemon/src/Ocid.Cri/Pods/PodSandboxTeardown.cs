using Ocid.Cri.State;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Networking;

namespace Ocid.Cri.Pods;

/// <summary>
/// Takes a sandbox's parts down: network, namespaces, shared memory. Works as well after a reboot, when only the
/// network's records are left.
/// </summary>
internal sealed class PodSandboxTeardown(PodNetwork network, PodInitProcess init)
{
    /// <summary>Takes everything down and records it; what an earlier try has taken down is fine. The caller holds the sandbox's gate and has ended its containers.</summary>
    public async Task RunAsync(PodSandbox pod, CancellationToken ct)
    {
        // First: nobody looks for a part of it any more, and a start of the daemon goes on.
        await pod.UpdateToFactAsync(pod.Status with { Stopping = true }).ConfigureAwait(false);
        if (pod.Spec.SharesPidNamespace)
            await init.StopAsync(pod, ct).ConfigureAwait(false);
        if (!pod.Spec.HostNetwork)
        {
            // A plugin that fails or takes all the time must not hold the pod: the network keeps the record and tries again until it succeeds.
            await network.DetachAsync(pod.Spec.SandboxId, pod.NetworkNamespace, ct).ConfigureAwait(false);
        }

        await OwnThread.RunAsync(() =>
        {
            PodNamespaces.Remove(pod.NamespaceDirectory);
            Mounts.Unmount(pod.SharedMemory, detach: true);
            DirectoryTree.Delete(pod.RunDirectory);
        }, CancellationToken.None).ConfigureAwait(false);
        await pod.UpdateToFactAsync(pod.Status with { Phase = PodPhase.NotReady, Stopping = false }).ConfigureAwait(false);
    }
}
