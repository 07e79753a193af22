using Ocid.Cri.State;

namespace Ocid.Cri.Pods;

/// <summary>The sandboxes that match a filter, newest first.</summary>
internal sealed class ListPodSandbox(Registry<PodSandbox> pods)
    : ICall<V1.ListPodSandboxRequest, V1.ListPodSandboxResponse>
{
    public Task<V1.ListPodSandboxResponse> HandleAsync(V1.ListPodSandboxRequest request, CancellationToken ct) =>
        Task.FromResult(new V1.ListPodSandboxResponse { Items = { Matching(request.Filter) } });

    public IEnumerable<V1.PodSandbox> Matching(V1.PodSandboxFilter? filter) =>
        pods.Listed.Where(p => Matches(p, filter)).OrderByDescending(p => p.Spec.CreatedAt).Select(PodSandboxMessages.Of);

    private static bool Matches(PodSandbox pod, V1.PodSandboxFilter? filter) =>
        filter is null
        || pod.Id.StartsWith(filter.Id, StringComparison.Ordinal)
        && (filter.State is null || filter.State.State == PodSandboxMessages.StateOf(pod))
        && LabelSelector.Matches(filter.LabelSelector, pod.Spec.Config.Labels);
}
