using Microsoft.Extensions.Logging;
using Ocid.Cri.State;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Networking;
using Ocid.Primitives;

namespace Ocid.Cri.Pods;

/// <summary>
/// Takes a sandbox's parts down: network, namespaces, shared memory. Works as well after a reboot, when only the
/// network's records are left.
/// </summary>
internal sealed partial class PodSandboxTeardown(PodNetwork network, PodInitProcess init, ILogger<PodSandboxTeardown> logger)
{
    /// <summary>Takes everything down and records it. The caller holds the sandbox's gate and has ended its containers.</summary>
    public async Task RunAsync(PodSandbox pod, CancellationToken ct)
    {
        if (pod.Spec.SharesPidNamespace)
            await init.StopAsync(pod, ct).ConfigureAwait(false);
        if (!pod.Spec.HostNetwork)
            await DetachAsync(pod, ct).ConfigureAwait(false);
        await OwnThread.RunAsync(() =>
        {
            PodNamespaces.Remove(pod.NamespaceDirectory);
            Mounts.Unmount(pod.SharedMemory, detach: true);
            DirectoryTree.Delete(pod.RunDirectory);
        }, ct).ConfigureAwait(false);
        await pod.UpdateAsync(pod.Status with { Phase = PodPhase.NotReady }).ConfigureAwait(false);
    }

    // A network that cannot be taken down must not hold the pod: the address stays recorded, and the removal is tried
    // again in the background until it succeeds.
    private async Task DetachAsync(PodSandbox pod, CancellationToken ct)
    {
        try
        {
            await network.DetachAsync(pod.Spec.SandboxId, pod.NetworkNamespace, ct).ConfigureAwait(false);
        }
        catch (OcidException failed)
        {
            LogDetachFailed(pod.Id, failed.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "pod sandbox {Id}: its network is not released yet and will be tried again: {Reason}")]
    private partial void LogDetachFailed(string id, string reason);
}
