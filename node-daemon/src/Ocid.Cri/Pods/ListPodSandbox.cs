using Ocid.Cri.State;

namespace Ocid.Cri.Pods;

/// <summary>The sandboxes that match a filter, newest first.</summary>
internal sealed class ListPodSandbox(Registry<PodSandbox> pods)
    : ICall<V1.ListPodSandboxRequest, V1.ListPodSandboxResponse>
{
    public Task<V1.ListPodSandboxResponse> HandleAsync(V1.ListPodSandboxRequest request, CancellationToken ct)
    {
        var response = new V1.ListPodSandboxResponse();
        response.Items.AddRange(pods.Listed.Where(p => Matches(p, request.Filter)).OrderByDescending(p => p.Spec.CreatedAt).Select(ToMessage));
        return Task.FromResult(response);
    }

    private static bool Matches(PodSandbox pod, V1.PodSandboxFilter? filter) =>
        filter is null
        || pod.Id.StartsWith(filter.Id, StringComparison.Ordinal)
        && (filter.State is null || filter.State.State == PodSandboxMessages.StateOf(pod))
        && LabelSelector.Matches(filter.LabelSelector, pod.Spec.Config.Labels);

    private static V1.PodSandbox ToMessage(PodSandbox pod)
    {
        var config = pod.Spec.Config;
        return new V1.PodSandbox
        {
            Id = pod.Id,
            Metadata = config.Metadata,
            State = PodSandboxMessages.StateOf(pod),
            CreatedAt = pod.Spec.CreatedAt,
            Labels = { config.Labels },
            Annotations = { config.Annotations },
            RuntimeHandler = pod.Spec.RuntimeHandler,
        };
    }
}
