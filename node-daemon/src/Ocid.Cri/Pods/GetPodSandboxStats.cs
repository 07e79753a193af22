using Ocid.Cri.State;

namespace Ocid.Cri.Pods;

/// <summary>One sandbox's use of processor, memory and network, with its containers'.</summary>
internal sealed class GetPodSandboxStats(Registry<PodSandbox> pods, PodStatistics statistics)
    : ICall<V1.PodSandboxStatsRequest, V1.PodSandboxStatsResponse>
{
    public async Task<V1.PodSandboxStatsResponse> HandleAsync(V1.PodSandboxStatsRequest request, CancellationToken ct) =>
        new() { Stats = await statistics.ReadAsync(pods.Get(request.PodSandboxId), ct).ConfigureAwait(false) };
}
