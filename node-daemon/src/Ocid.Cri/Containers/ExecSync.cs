using Google.Protobuf;
using Ocid.Cri.State;
using Ocid.Cri.Streaming;
using Ocid.Primitives;

namespace Ocid.Cri.Containers;

/// <summary>Runs a command in a container to its end. A command that outlives its time is killed with all that it started.</summary>
internal sealed class ExecSync(Registry<Container> containers, ContainerLauncher launcher)
    : ICall<V1.ExecSyncRequest, V1.ExecSyncResponse>
{
    // What a message may have, less what frames the outputs in it.
    private const int MostOutput = CriServer.LargestMessage - 1024;

    public async Task<V1.ExecSyncResponse> HandleAsync(V1.ExecSyncRequest request, CancellationToken ct)
    {
        var container = RunningContainer.Get(containers, request.ContainerId, "exec in");
        if (request.Cmd.Count == 0)
            throw new OcidException(ErrorKind.InvalidArgument, $"exec in container {container.Id}: cmd is empty");

        var limit = request.Timeout > 0 ? TimeSpan.FromSeconds(Math.Min(request.Timeout, int.MaxValue / 1000)) : (TimeSpan?)null;
        var result = await launcher.ExecSyncAsync(container, request.Cmd, limit, ct).ConfigureAwait(false);
        var (output, error) = FitIntoOneMessage(result.Output, result.Error);
        return new V1.ExecSyncResponse { ExitCode = result.ExitCode, Stdout = UnsafeByteOperations.UnsafeWrap(output), Stderr = UnsafeByteOperations.UnsafeWrap(error) };
    }

    // Each has half of the message, and what the other one leaves of its half.
    private static (ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Error) FitIntoOneMessage(byte[] output, byte[] error)
    {
        var kept = Math.Min(output.Length, Math.Max(MostOutput / 2, MostOutput - error.Length));
        return (output.AsMemory(0, kept), error.AsMemory(0, Math.Min(error.Length, MostOutput - kept)));
    }
}
