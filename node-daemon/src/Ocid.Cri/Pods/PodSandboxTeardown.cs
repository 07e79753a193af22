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
    /// <summary>Takes everything down and records it. The caller holds the sandbox's gate and has ended its containers.</summary>
    public async Task RunAsync(PodSandbox pod, CancellationToken ct)
    {
        if (pod.Spec.SharesPidNamespace)
            await init.StopAsync(pod, ct).ConfigureAwait(false);
        if (!pod.Spec.HostNetwork)
        {
            // A plugin that fails must not hold the pod: the network keeps the record and tries again until it succeeds.
            await network.DetachAsync(pod.Spec.SandboxId, pod.NetworkNamespace, ct).ConfigureAwait(false);
        }

        await OwnThread.RunAsync(() =>
        {
            PodNamespaces.Remove(pod.NamespaceDirectory);
            Mounts.Unmount(pod.SharedMemory, detach: true);
            DirectoryTree.Delete(pod.RunDirectory);
        }, ct).ConfigureAwait(false);
        await pod.UpdateAsync(pod.Status with { Phase = PodPhase.NotReady }).ConfigureAwait(false);
    }
}
