using Ocid.Cri.Containers;
using Ocid.Cri.State;
using Ocid.Cri.Verbose;

namespace Ocid.Cri.Pods;

/// <summary>One sandbox's status, with its containers'.</summary>
internal sealed class GetPodSandboxStatus(Registry<PodSandbox> pods, Registry<Container> containers, ThisNode node)
    : ICall<V1.PodSandboxStatusRequest, V1.PodSandboxStatusResponse>
{
    public Task<V1.PodSandboxStatusResponse> HandleAsync(V1.PodSandboxStatusRequest request, CancellationToken ct)
    {
        var pod = pods.Get(request.PodSandboxId);
        var response = new V1.PodSandboxStatusResponse
        {
            Status = PodSandboxMessages.StatusOf(pod),
            Timestamp = node.Time.NowNanoseconds(),
            ContainersStatuses = { containers.Listed.Where(c => c.Spec.PodSandboxId == pod.Id).Select(ContainerMessages.StatusOf) },
        };
        if (request.Verbose)
            response.Info.Add("info", VerboseInfo.Of(pod));
        return Task.FromResult(response);
    }
}
