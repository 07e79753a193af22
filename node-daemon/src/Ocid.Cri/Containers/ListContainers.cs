using Ocid.Cri.State;

namespace Ocid.Cri.Containers;

/// <summary>The containers that match a filter, newest first.</summary>
internal sealed class ListContainers(Registry<Container> containers)
    : ICall<V1.ListContainersRequest, V1.ListContainersResponse>
{
    public Task<V1.ListContainersResponse> HandleAsync(V1.ListContainersRequest request, CancellationToken ct)
    {
        var response = new V1.ListContainersResponse();
        response.Containers.AddRange(containers.Listed.Where(c => Matches(c, request.Filter)).OrderByDescending(c => c.Spec.CreatedAt).Select(ContainerMessages.Of));
        return Task.FromResult(response);
    }

    private static bool Matches(Container container, V1.ContainerFilter? filter) =>
        filter is null
        || container.Id.StartsWith(filter.Id, StringComparison.Ordinal)
        && container.Spec.PodSandboxId.StartsWith(filter.PodSandboxId, StringComparison.Ordinal)
        && (filter.State is null || filter.State.State == ContainerMessages.StateOf(container))
        && LabelSelector.Matches(filter.LabelSelector, container.Spec.Config.Labels);
}
