using System.Net.Sockets;
using Ocid.Primitives;

namespace Ocid.Streaming;

/// <summary>What runs behind the streaming server. Its members are called once a client has come for what it was offered.</summary>
public interface IStreamingHost
{
    /// <summary>Runs a command in a container, copies between it and the streams, and returns when it has ended and its output is written.</summary>
    /// <param name="offer">The command.</param>
    /// <param name="streams">The client's side. Reading the input returns 0 once the client has closed it.</param>
    /// <param name="ct">Cancelled when the client is gone: nobody will read the output, and nothing of the call may stay.</param>
    /// <returns>The exit code, or 128 + n when signal n ended it.</returns>
    /// <exception cref="OcidException">The command could not be run; the message goes to the client.</exception>
    Task<int> ExecAsync(ExecOffer offer, ProcessStreams streams, CancellationToken ct);

    /// <summary>Copies between a running container and the streams; returns when the container has ended.</summary>
    /// <param name="offer">The container.</param>
    /// <param name="streams">The client's side.</param>
    /// <param name="ct">Cancelled when the client is gone.</param>
    /// <exception cref="OcidException">It cannot be attached to; the message goes to the client.</exception>
    Task AttachAsync(AttachOffer offer, ProcessStreams streams, CancellationToken ct);

    /// <summary>Connects to a port on a pod's loopback.</summary>
    /// <param name="podSandboxId">The pod.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="ct">Cancelled when the client is gone.</param>
    /// <returns>The connection, which is the caller's to close.</returns>
    /// <exception cref="OcidException">Nobody listens, or the pod is not ready; the message goes to the client.</exception>
    Task<Socket> DialAsync(string podSandboxId, int port, CancellationToken ct);
}
