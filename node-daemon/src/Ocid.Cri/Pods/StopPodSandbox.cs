using Ocid.Cri.Containers;
using Ocid.Cri.Events;
using Ocid.Cri.State;

namespace Ocid.Cri.Pods;

/// <summary>Ends a sandbox's containers and takes its parts down. An unknown id is no error, nor is a second call.</summary>
internal sealed class StopPodSandbox(Registry<PodSandbox> pods, Registry<Container> containers, StopContainer stop, PodSandboxTeardown teardown, ContainerEvents events, ThisNode node)
    : ICall<V1.StopPodSandboxRequest, V1.StopPodSandboxResponse>
{
    public async Task<V1.StopPodSandboxResponse> HandleAsync(V1.StopPodSandboxRequest request, CancellationToken ct)
    {
        if (pods.Find(request.PodSandboxId) is { } pod)
            await StopAsync(pod, ct).ConfigureAwait(false);
        return new V1.StopPodSandboxResponse();
    }

    public async Task StopAsync(PodSandbox pod, CancellationToken ct)
    {
        using var gate = await pod.Gate.EnterAsync(ct).ConfigureAwait(false);
        if (pod.Status.Phase == PodPhase.NotReady)
            return;

        // The kubelet stopped them with their grace periods before; what still runs has none left.
        await Task.WhenAll(containers.All.Where(c => c.Spec.PodSandboxId == pod.Id).Select(c => stop.StopAsync(c, TimeSpan.Zero, ct))).ConfigureAwait(false);
        await node.CarryOutAsync($"stop pod sandbox {pod.Id}", bounded => teardown.RunAsync(pod, bounded)).ConfigureAwait(false);
        events.Report(pod, V1.ContainerEventType.ContainerStoppedEvent);
    }
}
