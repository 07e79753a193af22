using Ocid.Cri.Containers;
using Ocid.Cri.State;
using Ocid.Primitives;
using Ocid.Streaming;

namespace Ocid.Cri.Streaming;

/// <summary>Exec: a URL at which a command is run once.</summary>
internal sealed class OfferExec(Registry<Container> containers, StreamingServer server) : ICall<V1.ExecRequest, V1.ExecResponse>
{
    public async Task<V1.ExecResponse> HandleAsync(V1.ExecRequest request, CancellationToken ct)
    {
        var container = RunningContainer.Get(containers, request.ContainerId, "exec in");
        if (request.Cmd.Count == 0)
            throw new OcidException(ErrorKind.InvalidArgument, $"exec in container {container.Id}: cmd is empty");
        var stdio = new StdioShape(request.Stdin, request.Stdout, request.Stderr, request.Tty);
        var url = await server.OfferAsync(new ExecOffer(container.Id, stdio, [.. request.Cmd]), ct).ConfigureAwait(false);
        return new V1.ExecResponse { Url = url.AbsoluteUri };
    }
}
