namespace Ocid.Cri.Pods;

/// <summary>As <see cref="ListPodSandboxStats"/>, each sandbox's as soon as it is read.</summary>
internal sealed class StreamPodSandboxStats(ListPodSandboxStats list) : IStreamCall<V1.StreamPodSandboxStatsRequest, V1.StreamPodSandboxStatsResponse>
{
    public IAsyncEnumerable<V1.StreamPodSandboxStatsResponse> HandleAsync(V1.StreamPodSandboxStatsRequest request, CancellationToken ct) =>
        list.MatchingAsync(request.Filter, ct).Select(stats => new V1.StreamPodSandboxStatsResponse { PodSandboxStats = { stats } });
}
