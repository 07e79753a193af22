using System.Net;

namespace Ocid.Streaming;

/// <summary>Where the streaming server listens, and how long it waits.</summary>
public sealed record StreamingOptions
{
    /// <summary>The address to listen at. Port 0 is any free one, which the URLs then name.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>After how long without a byte in either direction a connection is closed; zero is never.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How long a client may take to open the streams that it asked for.</summary>
    public TimeSpan CreationTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may take to read what is on its way to it after the process has ended, before the connection is cut.</summary>
    public TimeSpan LingerLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a URL is good for when nobody comes.</summary>
    public TimeSpan OfferLifetime { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Certificate and key; null serves plain HTTP, for clients on this host.</summary>
    public StreamingTls? Tls { get; init; }
}
