using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Primitives;
using Ocid.Streaming;

namespace Ocid.Cri.Streaming;

/// <summary>PortForward: a URL at which a pod's ports are connected to.</summary>
internal sealed class OfferPortForward(Registry<PodSandbox> pods, StreamingServer server) : ICall<V1.PortForwardRequest, V1.PortForwardResponse>
{
    public async Task<V1.PortForwardResponse> HandleAsync(V1.PortForwardRequest request, CancellationToken ct)
    {
        var pod = pods.Get(request.PodSandboxId);
        if (!pod.Status.Ready)
            throw new OcidException(ErrorKind.FailedPrecondition, $"forward ports of pod sandbox {pod.Id}: it is not ready");
        foreach (var port in request.Port.Where(port => port is < 1 or > ushort.MaxValue))
            throw new OcidException(ErrorKind.InvalidArgument, $"forward ports of pod sandbox {pod.Id}: port {port}: want 1 to 65535");
        var url = await server.OfferAsync(new PortForwardOffer(pod.Id, [.. request.Port]), ct).ConfigureAwait(false);
        return new V1.PortForwardResponse { Url = url.AbsoluteUri };
    }
}
