using Ocid.Cri.Serving;

namespace Ocid.Cri.Containers;

/// <summary>As <see cref="ListContainers"/>, in batches.</summary>
internal sealed class StreamContainers(ListContainers list) : IStreamCall<V1.StreamContainersRequest, V1.StreamContainersResponse>
{
    public IAsyncEnumerable<V1.StreamContainersResponse> HandleAsync(V1.StreamContainersRequest request, CancellationToken ct) =>
        Batches.Of(list.Matching(request.Filter)).Select(batch => new V1.StreamContainersResponse { Containers = { batch } }).ToAsyncEnumerable();
}
