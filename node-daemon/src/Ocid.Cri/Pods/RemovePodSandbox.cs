using Ocid.Cri.Containers;
using Ocid.Cri.Events;
using Ocid.Cri.State;
using Ocid.Runtime.Cgroups;

namespace Ocid.Cri.Pods;

/// <summary>Removes a sandbox with its containers; it is listed no more from the start, unless that fails. An unknown id is no error.</summary>
internal sealed class RemovePodSandbox(
    Registry<PodSandbox> pods, Registry<Container> containers, StopPodSandbox stop, RemoveContainer remove, RunPodSandbox run, CgroupHierarchies cgroups, ContainerEvents events, ThisNode node)
    : ICall<V1.RemovePodSandboxRequest, V1.RemovePodSandboxResponse>
{
    public async Task<V1.RemovePodSandboxResponse> HandleAsync(V1.RemovePodSandboxRequest request, CancellationToken ct)
    {
        if (pods.FindEvenRemoving(request.PodSandboxId) is { } pod)
            await RemoveAsync(pod, ct).ConfigureAwait(false);
        return new V1.RemovePodSandboxResponse();
    }

    public async Task RemoveAsync(PodSandbox pod, CancellationToken ct)
    {
        await stop.StopAsync(pod, ct).ConfigureAwait(false);
        using var gate = await pod.Gate.EnterAsync(ct).ConfigureAwait(false);
        if (pods.All.All(p => p != pod))
            return; // another call has removed it

        await pod.UpdateToFactAsync(pod.Status with { Removing = true }).ConfigureAwait(false);
        try
        {
            await node.CarryOutAsync($"remove pod sandbox {pod.Id}", bounded => TakeAwayAsync(pod, bounded)).ConfigureAwait(false);
        }
        catch when (!node.Stopping.IsCancellationRequested)
        {
            // Listed again: nobody asks to remove what is not. (What the daemon's own end has cut off, its next start finishes.)
            await pod.UpdateToFactAsync(pod.Status with { Removing = false }).ConfigureAwait(false);
            throw;
        }

        events.Report(pod, V1.ContainerEventType.ContainerDeletedEvent);
        pods.Remove(pod);
        run.Forget(pod);
    }

    // Each step is fine with what an earlier try has done.
    private async Task TakeAwayAsync(PodSandbox pod, CancellationToken ct)
    {
        foreach (var container in containers.All.Where(c => c.Spec.PodSandboxId == pod.Id))
            await remove.RemoveAsync(container, ct).ConfigureAwait(false);

        if (PodCgroupPath.IsOwn(pod))
            await RemoveCgroupAsync(pod, ct).ConfigureAwait(false);
        await pod.DeleteAsync().ConfigureAwait(false);
    }

    private async Task RemoveCgroupAsync(PodSandbox pod, CancellationToken ct)
    {
        await new PodCgroup(cgroups, PodCgroupPath.Of(pod)).RemoveAsync(ct).ConfigureAwait(false);
        if (PodCgroupPath.SliceOf(pod) is { } slice)
            await SystemdCgroup.StopSliceAsync(slice, ct).ConfigureAwait(false);
    }
}
