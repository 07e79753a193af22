using Ocid.Cri.Containers;
using Ocid.Cri.State;
using Ocid.Streaming;

namespace Ocid.Cri.Streaming;

/// <summary>Attach: a URL at which a container's first process is joined once.</summary>
internal sealed class OfferAttach(Registry<Container> containers, StreamingServer server) : ICall<V1.AttachRequest, V1.AttachResponse>
{
    public async Task<V1.AttachResponse> HandleAsync(V1.AttachRequest request, CancellationToken ct)
    {
        var container = RunningContainer.Get(containers, request.ContainerId, "attach to");
        var stdio = new StdioShape(request.Stdin, request.Stdout, request.Stderr, request.Tty);
        var url = await server.OfferAsync(new AttachOffer(container.Id, stdio), ct).ConfigureAwait(false);
        return new V1.AttachResponse { Url = url.AbsoluteUri };
    }
}
