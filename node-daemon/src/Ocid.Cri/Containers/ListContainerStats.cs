using System.Runtime.CompilerServices;
using Ocid.Cri.State;

namespace Ocid.Cri.Containers;

/// <summary>The use of processor, memory and disk of the running containers that match a filter.</summary>
internal sealed class ListContainerStats(Registry<Container> containers, ContainerStatistics statistics)
    : ICall<V1.ListContainerStatsRequest, V1.ListContainerStatsResponse>
{
    public async Task<V1.ListContainerStatsResponse> HandleAsync(V1.ListContainerStatsRequest request, CancellationToken ct)
    {
        var response = new V1.ListContainerStatsResponse();
        await foreach (var stats in MatchingAsync(request.Filter, ct).ConfigureAwait(false))
            response.Stats.Add(stats);
        return response;
    }

    public async IAsyncEnumerable<V1.ContainerStats> MatchingAsync(V1.ContainerStatsFilter? filter, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var container in containers.Listed.Where(c => Matches(c, filter)))
        {
            if (await statistics.ReadAsync(container, ct).ConfigureAwait(false) is { } stats)
                yield return stats;
        }
    }

    private static bool Matches(Container container, V1.ContainerStatsFilter? filter) =>
        filter is null
        || container.Id.StartsWith(filter.Id, StringComparison.Ordinal)
        && container.Spec.PodSandboxId.StartsWith(filter.PodSandboxId, StringComparison.Ordinal)
        && LabelSelector.Matches(filter.LabelSelector, container.Spec.Config.Labels);
}
