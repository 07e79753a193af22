using Ocid.Cri.Serving;

namespace Ocid.Cri.Pods;

/// <summary>As <see cref="ListPodSandbox"/>, in batches.</summary>
internal sealed class StreamPodSandboxes(ListPodSandbox list) : IStreamCall<V1.StreamPodSandboxesRequest, V1.StreamPodSandboxesResponse>
{
    public IAsyncEnumerable<V1.StreamPodSandboxesResponse> HandleAsync(V1.StreamPodSandboxesRequest request, CancellationToken ct) =>
        Batches.Of(list.Matching(request.Filter)).Select(batch => new V1.StreamPodSandboxesResponse { PodSandboxes = { batch } }).ToAsyncEnumerable();
}
