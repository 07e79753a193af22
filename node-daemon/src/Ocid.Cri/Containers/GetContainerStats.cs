using Ocid.Cri.State;
using Ocid.Primitives;

namespace Ocid.Cri.Containers;

/// <summary>One container's use of processor, memory and disk.</summary>
internal sealed class GetContainerStats(Registry<Container> containers, ContainerStatistics statistics)
    : ICall<V1.ContainerStatsRequest, V1.ContainerStatsResponse>
{
    public async Task<V1.ContainerStatsResponse> HandleAsync(V1.ContainerStatsRequest request, CancellationToken ct)
    {
        var container = containers.Get(request.ContainerId);
        var stats = await statistics.ReadAsync(container, ct).ConfigureAwait(false)
            ?? throw new OcidException(ErrorKind.NotFound, $"stats of container {container.Id}: it does not run");
        return new V1.ContainerStatsResponse { Stats = stats };
    }
}
