using Ocid.Cri.State;

namespace Ocid.Cri.Containers;

/// <summary>The containers that match a filter, newest first.</summary>
internal sealed class ListContainers(Registry<Container> containers)
    : ICall<V1.ListContainersRequest, V1.ListContainersResponse>
{
    public Task<V1.ListContainersResponse> HandleAsync(V1.ListContainersRequest request, CancellationToken ct) =>
        Task.FromResult(new V1.ListContainersResponse { Containers = { Matching(request.Filter) } });

    public IEnumerable<V1.Container> Matching(V1.ContainerFilter? filter) =>
        containers.Listed.Where(c => Matches(c, filter)).OrderByDescending(c => c.Spec.CreatedAt).Select(ContainerMessages.Of);

    private static bool Matches(Container container, V1.ContainerFilter? filter) =>
        filter is null
        || container.Id.StartsWith(filter.Id, StringComparison.Ordinal)
        && container.Spec.PodSandboxId.StartsWith(filter.PodSandboxId, StringComparison.Ordinal)
        && (filter.State is null || filter.State.State == ContainerMessages.StateOf(container))
        && LabelSelector.Matches(filter.LabelSelector, container.Spec.Config.Labels);
}
