using Ocid.Cri.Events;
using Ocid.Cri.State;
using Ocid.Primitives;
using Ocid.Runtime.Oci;

namespace Ocid.Cri.Containers;

/// <summary>Lets a created container execute its program.</summary>
internal sealed class StartContainer(Registry<Container> containers, ContainerRuntimes runtimes, ContainerExits exits, ContainerEvents events, ThisNode node)
    : ICall<V1.StartContainerRequest, V1.StartContainerResponse>
{
    public async Task<V1.StartContainerResponse> HandleAsync(V1.StartContainerRequest request, CancellationToken ct)
    {
        var container = containers.Get(request.ContainerId);
        using var gate = await container.Gate.EnterAsync(ct).ConfigureAwait(false);
        switch (container.Status.Phase)
        {
            case ContainerPhase.Running:
                return new V1.StartContainerResponse();
            case ContainerPhase.Exited:
                throw new OcidException(ErrorKind.FailedPrecondition, $"start container {container.Id}: it has exited with {container.Status.ExitCode}");
        }

        var startedAt = node.Time.NowNanoseconds();
        try
        {
            // Not the caller's token: a start that is broken off has happened or has not. The runtime has a limit of its own.
            await runtimes.Of(container).StartAsync(container.Spec.ContainerId, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OcidException failed)
        {
            if (!container.FromBefore || !await RunsAsync(container).ConfigureAwait(false))
            {
                await exits.StartFailedAsync(container, failed.Message).ConfigureAwait(false);
                throw;
            }
        }

        await container.UpdateToFactAsync(container.Status with { Phase = ContainerPhase.Running, StartedAt = startedAt }).ConfigureAwait(false);
        events.Report(container, V1.ContainerEventType.ContainerStartedEvent);
        return new V1.StartContainerResponse();
    }

    /// <summary>Learns whether a container runs whose record says that it waits to: an earlier daemon may have ended between its start and the record.</summary>
    public async Task RecoverAsync(Container container, CancellationToken ct)
    {
        using var gate = await container.Gate.EnterAsync(ct).ConfigureAwait(false);
        if (container.Status.Phase == ContainerPhase.Created
            && await runtimes.Of(container).StateAsync(container.Spec.ContainerId, ct).ConfigureAwait(false) is { Status: RuntimeStatus.Running })
            await container.UpdateToFactAsync(container.Status with { Phase = ContainerPhase.Running, StartedAt = container.Spec.CreatedAt }).ConfigureAwait(false);
    }

    // Through a start that an earlier daemon began and that outlived it.
    private async Task<bool> RunsAsync(Container container)
    {
        try
        {
            return await runtimes.Of(container).StateAsync(container.Spec.ContainerId, CancellationToken.None).ConfigureAwait(false) is { Status: RuntimeStatus.Running };
        }
        catch (OcidException)
        {
            return false; // the start's own failure says more
        }
    }
}
