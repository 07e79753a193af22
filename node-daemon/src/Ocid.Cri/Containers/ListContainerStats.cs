using Ocid.Cri.State;

namespace Ocid.Cri.Containers;

/// <summary>The use of processor, memory and disk of the running containers that match a filter.</summary>
internal sealed class ListContainerStats(Registry<Container> containers, ContainerStatistics statistics)
    : ICall<V1.ListContainerStatsRequest, V1.ListContainerStatsResponse>
{
    public async Task<V1.ListContainerStatsResponse> HandleAsync(V1.ListContainerStatsRequest request, CancellationToken ct)
    {
        var response = new V1.ListContainerStatsResponse();
        foreach (var container in containers.Listed.Where(c => Matches(c, request.Filter)))
        {
            if (await statistics.ReadAsync(container, ct).ConfigureAwait(false) is { } stats)
                response.Stats.Add(stats);
        }

        return response;
    }

    private static bool Matches(Container container, V1.ContainerStatsFilter? filter) =>
        filter is null
        || container.Id.StartsWith(filter.Id, StringComparison.Ordinal)
        && container.Spec.PodSandboxId.StartsWith(filter.PodSandboxId, StringComparison.Ordinal)
        && LabelSelector.Matches(filter.LabelSelector, container.Spec.Config.Labels);
}
