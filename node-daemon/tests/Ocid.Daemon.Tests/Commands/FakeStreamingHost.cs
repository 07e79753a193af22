using System.Net;
using System.Net.Sockets;
using Ocid.Primitives;
using Ocid.Streaming;

namespace Ocid.Daemon.Tests.Commands;

/// <summary>Behind the fake node's URLs: a program named <c>missing</c> is missing, others exit with 42; attachments end at once; a pod's ports are this machine's.</summary>
internal sealed class FakeStreamingHost : IStreamingHost
{
    public Task<int> ExecAsync(ExecOffer offer, ProcessStreams streams, CancellationToken ct) => offer.Command[0] == "missing"
        ? throw new OcidException(ErrorKind.Internal, "exec: \"missing\": executable file not found in $PATH")
        : Task.FromResult(42);

    public Task AttachAsync(AttachOffer offer, ProcessStreams streams, CancellationToken ct) => Task.CompletedTask;

    public async Task<Socket> DialAsync(string podSandboxId, int port, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, ct);
        return socket;
    }
}
