using System.Runtime.CompilerServices;
using Ocid.Cri.Serving;

namespace Ocid.Cri.Observation;

/// <summary>As <see cref="ListPodSandboxMetrics"/>, in batches.</summary>
internal sealed class StreamPodSandboxMetrics(ListPodSandboxMetrics list) : IStreamCall<V1.StreamPodSandboxMetricsRequest, V1.StreamPodSandboxMetricsResponse>
{
    public async IAsyncEnumerable<V1.StreamPodSandboxMetricsResponse> HandleAsync(V1.StreamPodSandboxMetricsRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var batch in Batches.Of(await list.AllAsync(ct).ConfigureAwait(false)))
            yield return new V1.StreamPodSandboxMetricsResponse { PodSandboxMetrics = { batch } };
    }
}
