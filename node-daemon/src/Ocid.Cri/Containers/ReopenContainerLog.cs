using Ocid.Cri.State;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring;

namespace Ocid.Cri.Containers;

/// <summary>Opens a running container's log anew after it was renamed.</summary>
internal sealed class ReopenContainerLog(Registry<Container> containers, MonitorClient monitor)
    : ICall<V1.ReopenContainerLogRequest, V1.ReopenContainerLogResponse>
{
    public async Task<V1.ReopenContainerLogResponse> HandleAsync(V1.ReopenContainerLogRequest request, CancellationToken ct)
    {
        var container = containers.Get(request.ContainerId);
        if (container.Status.Phase != ContainerPhase.Running)
            throw new OcidException(ErrorKind.FailedPrecondition, $"reopen log of container {container.Id}: it does not run");
        await monitor.ReopenLogAsync(container.Spec.ContainerId, ct).ConfigureAwait(false);
        return new V1.ReopenContainerLogResponse();
    }
}
