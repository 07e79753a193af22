using Google.Protobuf;
using Ocid.Cri.State;
using Ocid.Cri.Streaming;
using Ocid.Primitives;

namespace Ocid.Cri.Containers;

/// <summary>Runs a command in a container to its end. A command that outlives its time is killed with all that it started.</summary>
internal sealed class ExecSync(Registry<Container> containers, ContainerLauncher launcher)
    : ICall<V1.ExecSyncRequest, V1.ExecSyncResponse>
{
    public async Task<V1.ExecSyncResponse> HandleAsync(V1.ExecSyncRequest request, CancellationToken ct)
    {
        var container = RunningContainer.Get(containers, request.ContainerId, "exec in");
        if (request.Cmd.Count == 0)
            throw new OcidException(ErrorKind.InvalidArgument, $"exec in container {container.Id}: cmd is empty");

        var limit = request.Timeout > 0 ? TimeSpan.FromSeconds(Math.Min(request.Timeout, int.MaxValue / 1000)) : (TimeSpan?)null;
        var result = await launcher.ExecSyncAsync(container, request.Cmd, limit, ct).ConfigureAwait(false);
        return new V1.ExecSyncResponse
        {
            ExitCode = result.ExitCode,
            Stdout = UnsafeByteOperations.UnsafeWrap(result.Output),
            Stderr = UnsafeByteOperations.UnsafeWrap(result.Error),
        };
    }
}
