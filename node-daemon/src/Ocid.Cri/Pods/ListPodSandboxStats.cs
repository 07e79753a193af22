using System.Runtime.CompilerServices;
using Ocid.Cri.State;

namespace Ocid.Cri.Pods;

/// <summary>The use of processor, memory and network of the ready sandboxes that match a filter.</summary>
internal sealed class ListPodSandboxStats(Registry<PodSandbox> pods, PodStatistics statistics)
    : ICall<V1.ListPodSandboxStatsRequest, V1.ListPodSandboxStatsResponse>
{
    public async Task<V1.ListPodSandboxStatsResponse> HandleAsync(V1.ListPodSandboxStatsRequest request, CancellationToken ct)
    {
        var response = new V1.ListPodSandboxStatsResponse();
        await foreach (var stats in MatchingAsync(request.Filter, ct).ConfigureAwait(false))
            response.Stats.Add(stats);
        return response;
    }

    public async IAsyncEnumerable<V1.PodSandboxStats> MatchingAsync(V1.PodSandboxStatsFilter? filter, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var pod in pods.Listed.Where(p => p.Status.Ready && Matches(p, filter)))
            yield return await statistics.ReadAsync(pod, ct).ConfigureAwait(false);
    }

    private static bool Matches(PodSandbox pod, V1.PodSandboxStatsFilter? filter) =>
        filter is null
        || pod.Id.StartsWith(filter.Id, StringComparison.Ordinal) && LabelSelector.Matches(filter.LabelSelector, pod.Spec.Config.Labels);
}
