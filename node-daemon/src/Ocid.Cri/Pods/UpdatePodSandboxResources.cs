using Ocid.Cri.Containers;
using Ocid.Cri.State;
using Ocid.Primitives;
using Ocid.Runtime.Cgroups;
using Ocid.Spec;
using Ocid.Spec.Resources;

namespace Ocid.Cri.Pods;

/// <summary>
/// Told after the kubelet has changed the limits of the cgroup that it made for a pod. A pod whose cgroup is ours has no such kubelet:
/// there the limits are set here.
/// </summary>
internal sealed class UpdatePodSandboxResources(Registry<PodSandbox> pods, CgroupHierarchies hierarchies, HostFacts facts)
    : ICall<V1.UpdatePodSandboxResourcesRequest, V1.UpdatePodSandboxResourcesResponse>
{
    public async Task<V1.UpdatePodSandboxResourcesResponse> HandleAsync(V1.UpdatePodSandboxResourcesRequest request, CancellationToken ct)
    {
        var pod = pods.Get(request.PodSandboxId);
        using var gate = await pod.Gate.EnterAsync(ct).ConfigureAwait(false);
        if (!pod.Status.Ready)
            throw new OcidException(ErrorKind.FailedPrecondition, $"update pod sandbox {pod.Id}: it is not ready");
        if (PodCgroupPath.IsOwn(pod) && request.Resources is { } asked)
        {
            var cgroup = new PodCgroup(hierarchies, PodCgroupPath.Of(pod));
            cgroup.Create();
            cgroup.Limit(ResourceMapping.Map(Resources.From(asked, pidsLimit: 0), facts));
        }

        return new V1.UpdatePodSandboxResourcesResponse();
    }
}
