using Google.Protobuf;
using Ocid.Cri.State;
using Ocid.Primitives;

namespace Ocid.Cri.Containers;

/// <summary>Changes a live container's limits; those that the request leaves at zero stay as they are.</summary>
internal sealed class UpdateContainerResources(Registry<Container> containers, ContainerRuntimes runtimes, ThisNode node)
    : ICall<V1.UpdateContainerResourcesRequest, V1.UpdateContainerResourcesResponse>
{
    public async Task<V1.UpdateContainerResourcesResponse> HandleAsync(V1.UpdateContainerResourcesRequest request, CancellationToken ct)
    {
        var container = containers.Get(request.ContainerId);
        if (request.Linux is not { } asked)
            throw new OcidException(ErrorKind.InvalidArgument, $"update container {container.Id}: linux resources are missing");

        using var gate = await container.Gate.EnterAsync(ct).ConfigureAwait(false);
        if (container.Status.Phase == ContainerPhase.Exited)
            throw new OcidException(ErrorKind.FailedPrecondition, $"update container {container.Id}: it has exited");

        // No OCI runtime changes them; the kubelet sends them along with what it changes.
        var merged = container.Resources?.Clone() ?? new V1.LinuxContainerResources();
        if (asked.HugepageLimits.FirstOrDefault(limit => limit.Limit != (merged.HugepageLimits.FirstOrDefault(one => one.PageSize == limit.PageSize)?.Limit ?? 0)) is { } changed)
            throw new OcidException(ErrorKind.InvalidArgument, $"update container {container.Id}: its limit of {changed.PageSize} pages cannot change while it exists");

        // Not the caller's token: what is recorded is what is in force.
        await node.CarryOutAsync($"update container {container.Id}", bounded => runtimes.UpdateAsync(container, asked, bounded)).ConfigureAwait(false);
        if (asked.HugepageLimits.Count > 0)
            merged.HugepageLimits.Clear();
        merged.MergeFrom(asked);
        await container.UpdateAsync(container.Status with { ResourcesBytes = merged.ToByteArray() }).ConfigureAwait(false);
        return new V1.UpdateContainerResourcesResponse();
    }
}
