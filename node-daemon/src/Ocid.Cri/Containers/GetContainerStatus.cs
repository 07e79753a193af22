using Ocid.Cri.State;
using Ocid.Cri.Verbose;

namespace Ocid.Cri.Containers;

/// <summary>One container's status.</summary>
internal sealed class GetContainerStatus(Registry<Container> containers)
    : ICall<V1.ContainerStatusRequest, V1.ContainerStatusResponse>
{
    public Task<V1.ContainerStatusResponse> HandleAsync(V1.ContainerStatusRequest request, CancellationToken ct)
    {
        var container = containers.Get(request.ContainerId);
        var response = new V1.ContainerStatusResponse { Status = ContainerMessages.StatusOf(container) };
        if (request.Verbose)
            response.Info.Add("info", VerboseInfo.Of(container));
        return Task.FromResult(response);
    }
}
