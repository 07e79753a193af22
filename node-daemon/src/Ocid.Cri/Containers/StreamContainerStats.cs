namespace Ocid.Cri.Containers;

/// <summary>As <see cref="ListContainerStats"/>, each container's as soon as it is read.</summary>
internal sealed class StreamContainerStats(ListContainerStats list) : IStreamCall<V1.StreamContainerStatsRequest, V1.StreamContainerStatsResponse>
{
    public IAsyncEnumerable<V1.StreamContainerStatsResponse> HandleAsync(V1.StreamContainerStatsRequest request, CancellationToken ct) =>
        list.MatchingAsync(request.Filter, ct).Select(stats => new V1.StreamContainerStatsResponse { ContainerStats = { stats } });
}
