using Ocid.Cri.State;
using Ocid.Primitives;

namespace Ocid.Cri.Containers;

/// <summary>Refuses to write a container's state to an archive, with the reason.</summary>
internal sealed class CheckpointContainer(Registry<Container> containers)
    : ICall<V1.CheckpointContainerRequest, V1.CheckpointContainerResponse>
{
    public Task<V1.CheckpointContainerResponse> HandleAsync(V1.CheckpointContainerRequest request, CancellationToken ct) =>
        throw new OcidException(
            ErrorKind.FailedPrecondition,
            $"checkpoint container {containers.Get(request.ContainerId).Id}: this runtime does not make checkpoints; nothing was changed");
}
