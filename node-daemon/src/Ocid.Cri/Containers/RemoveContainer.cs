using Ocid.Cri.Events;
using Ocid.Cri.State;
using Ocid.Runtime.Monitoring;
using Ocid.Storage;

namespace Ocid.Cri.Containers;

/// <summary>Removes a container, by force when it runs; its log stays. An unknown id is no error.</summary>
internal sealed class RemoveContainer(Registry<Container> containers, StopContainer stop, MonitorClient monitor, ContainerRelease release, Store store, CreateContainer create, ContainerEvents events, ThisNode node)
    : ICall<V1.RemoveContainerRequest, V1.RemoveContainerResponse>
{
    public async Task<V1.RemoveContainerResponse> HandleAsync(V1.RemoveContainerRequest request, CancellationToken ct)
    {
        if (containers.FindEvenRemoving(request.ContainerId) is { } container)
            await RemoveAsync(container, ct).ConfigureAwait(false);
        return new V1.RemoveContainerResponse();
    }

    public async Task RemoveAsync(Container container, CancellationToken ct)
    {
        await stop.StopAsync(container, TimeSpan.Zero, ct).ConfigureAwait(false);
        using var gate = await container.Gate.EnterAsync(ct).ConfigureAwait(false);
        if (containers.All.All(c => c != container))
            return; // another call has removed it

        await container.UpdateToFactAsync(container.Status with { Removing = true }).ConfigureAwait(false);
        try
        {
            await node.CarryOutAsync($"remove container {container.Id}", bounded => TakeAwayAsync(container, bounded)).ConfigureAwait(false);
        }
        catch when (!node.Stopping.IsCancellationRequested)
        {
            // Listed again: nobody asks to remove what is not. (What the daemon's own end has cut off, its next start finishes.)
            await container.UpdateToFactAsync(container.Status with { Removing = false }).ConfigureAwait(false);
            throw;
        }

        containers.Remove(container);
        create.Forget(container);
        events.Report(container, V1.ContainerEventType.ContainerDeletedEvent);
    }

    // Each step is fine with what an earlier try has done.
    private async Task TakeAwayAsync(Container container, CancellationToken ct)
    {
        await monitor.ForgetAsync(container.Spec.ContainerId, ct).ConfigureAwait(false);
        if (!container.Released)
            await release.RunAsync(container, ct).ConfigureAwait(false);
        await StoredContainer.DeleteAsync(store, container.Spec.ContainerId, ct).ConfigureAwait(false);
        await container.DeleteAsync().ConfigureAwait(false);
    }
}
