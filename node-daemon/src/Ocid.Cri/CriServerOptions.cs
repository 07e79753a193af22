using System.Net;
using Ocid.Primitives;

namespace Ocid.Cri;

/// <summary>Where the server listens, and what it says about itself.</summary>
public sealed record CriServerOptions
{
    /// <summary>The path of the CRI socket. Its directory is made with mode 0700 where it is missing; the socket has mode 0600.</summary>
    public required string SocketPath { get; init; }

    /// <summary>
    /// Where /metrics, /healthz and /readyz are served over HTTP/1.1; null for nowhere. The default is 127.0.0.1:9538, beside the 9537
    /// that CRI-O uses, so that both fit on one node.
    /// </summary>
    public IPEndPoint? MetricsEndpoint { get; init; } = new(IPAddress.Loopback, 9538);

    /// <summary>Why the daemon cannot serve pods now, for /readyz; null when it can.</summary>
    public Func<CancellationToken, ValueTask<string?>> WhyNotReady { get; init; } = static _ => ValueTask.FromResult<string?>(null);

    /// <summary>How long calls that run when the server stops may take to end before they are cut off.</summary>
    public TimeSpan ShutdownLimit { get; init; } = TimeSpan.FromSeconds(5);

    internal void Validate()
    {
        if (!Path.IsPathFullyQualified(SocketPath))
            throw new OcidException(ErrorKind.InvalidArgument, $"socket path {Quoted.Text(SocketPath)}: not absolute");
    }
}
