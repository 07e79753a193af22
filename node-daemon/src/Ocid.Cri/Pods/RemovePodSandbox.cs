using Ocid.Cri.Containers;
using Ocid.Cri.Events;
using Ocid.Cri.State;
using Ocid.Linux;
using Ocid.Runtime.Cgroups;

namespace Ocid.Cri.Pods;

/// <summary>Removes a sandbox with its containers; it is listed no more from the start. An unknown id is no error.</summary>
internal sealed class RemovePodSandbox(
    Registry<PodSandbox> pods, Registry<Container> containers, StopPodSandbox stop, RemoveContainer remove, RunPodSandbox run, CgroupHierarchies cgroups, ContainerEvents events)
    : ICall<V1.RemovePodSandboxRequest, V1.RemovePodSandboxResponse>
{
    public async Task<V1.RemovePodSandboxResponse> HandleAsync(V1.RemovePodSandboxRequest request, CancellationToken ct)
    {
        if (pods.Find(request.PodSandboxId) is { } pod)
            await RemoveAsync(pod, ct).ConfigureAwait(false);
        return new V1.RemovePodSandboxResponse();
    }

    public async Task RemoveAsync(PodSandbox pod, CancellationToken ct)
    {
        await stop.StopAsync(pod, ct).ConfigureAwait(false);
        using var gate = await pod.Gate.EnterAsync(ct).ConfigureAwait(false);
        await pod.UpdateAsync(pod.Status with { Removing = true }).ConfigureAwait(false);
        foreach (var container in containers.All.Where(c => c.Spec.PodSandboxId == pod.Id))
            await remove.RemoveAsync(container, ct).ConfigureAwait(false);

        if (PodCgroupPath.IsOwn(pod))
            await new PodCgroup(cgroups, PodCgroupPath.Of(pod)).RemoveAsync(ct).ConfigureAwait(false);
        await OwnThread.RunAsync(() => DirectoryTree.Delete(pod.StateDirectory), ct).ConfigureAwait(false);
        events.Report(pod, V1.ContainerEventType.ContainerDeletedEvent);
        pods.Remove(pod);
        run.Forget(pod);
    }
}
