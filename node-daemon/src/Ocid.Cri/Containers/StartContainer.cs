using Ocid.Cri.Events;
using Ocid.Cri.State;
using Ocid.Primitives;

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

        await container.UpdateAsync(container.Status with { Phase = ContainerPhase.Running, StartedAt = node.Time.NowNanoseconds() }).ConfigureAwait(false);
        try
        {
            await runtimes.Of(container).StartAsync(container.Spec.ContainerId, ct).ConfigureAwait(false);
        }
        catch (OcidException failed)
        {
            await exits.StartFailedAsync(container, failed.Message).ConfigureAwait(false);
            throw;
        }

        events.Report(container, V1.ContainerEventType.ContainerStartedEvent);
        return new V1.StartContainerResponse();
    }
}
