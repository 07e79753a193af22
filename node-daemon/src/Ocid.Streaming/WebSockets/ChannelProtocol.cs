namespace Ocid.Streaming.WebSockets;

/// <summary>One of Kubernetes' subprotocols that carry channels in WebSocket messages: the first byte names the channel.</summary>
/// <param name="Name">As negotiated; empty when the client named none.</param>
/// <param name="Version">4 and above say how a command ended in JSON; 5 can end a channel.</param>
/// <param name="Base64">Messages are text: the channel's digit, then base64.</param>
/// <remarks>https://kubernetes.io/docs/reference/using-api/api-concepts/ and k8s.io/apimachinery's constants of remote commands.</remarks>
internal sealed record ChannelProtocol(string Name, int Version, bool Base64)
{
    /// <summary>In version 5, a message of this channel names a channel on which nothing more comes.</summary>
    public const byte CloseChannel = 255;

    /// <summary>SPDY/3.1 for port forwarding inside the messages of a WebSocket, which clients choose where a proxy knows no SPDY.</summary>
    public const string PortForwardTunnel = "SPDY/3.1+portforward.k8s.io";

    private static readonly ChannelProtocol[] Known =
    [
        new("v5.channel.k8s.io", 5, false),
        new("v4.channel.k8s.io", 4, false),
        new("v4.base64.channel.k8s.io", 4, true),
        new("channel.k8s.io", 1, false),
        new("base64.channel.k8s.io", 1, true),
    ];

    private static readonly ChannelProtocol Unnamed = new("", 1, false);

    /// <summary>The first of the client's protocols that is known, the oldest when it names none; null when none is known.</summary>
    public static ChannelProtocol? Choose(IReadOnlyList<string> offered) =>
        offered.Count == 0 ? Unnamed : offered.Select(name => Array.Find(Known, known => known.Name == name)).FirstOrDefault(known => known is not null);
}
