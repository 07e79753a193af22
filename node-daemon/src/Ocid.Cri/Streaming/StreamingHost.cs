using System.Net.Sockets;
using Ocid.Cri.Containers;
using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Streaming;

namespace Ocid.Cri.Streaming;

/// <summary>This node's containers and pods behind the streaming server.</summary>
internal sealed class StreamingHost(Registry<PodSandbox> pods, Registry<Container> containers, StreamedExec exec, StreamedAttachment attachment) : IStreamingHost
{
    public Task<int> ExecAsync(ExecOffer offer, ProcessStreams streams, CancellationToken ct) =>
        exec.RunAsync(RunningContainer.Get(containers, offer.ContainerId, "exec in"), offer, streams, ct);

    public Task AttachAsync(AttachOffer offer, ProcessStreams streams, CancellationToken ct) =>
        attachment.RunAsync(RunningContainer.Get(containers, offer.ContainerId, "attach to"), streams, ct);

    public Task<Socket> DialAsync(string podSandboxId, int port, CancellationToken ct) => PodPort.DialAsync(pods.Get(podSandboxId), port, ct);
}
