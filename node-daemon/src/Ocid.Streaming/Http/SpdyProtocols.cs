using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Ocid.Streaming.Http;

/// <summary>What the client and this server speak inside SPDY.</summary>
internal static class SpdyProtocols
{
    public const string Upgrade = "SPDY/3.1";

    private const string OfferedHeader = "X-Stream-Protocol-Version";
    private const string AcceptedHeader = "X-Accepted-Stream-Protocol-Versions";

    private static readonly string[] OfCommands = ["v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io"];
    private static readonly string[] OfPorts = ["portforward.k8s.io"];

    public static bool IsAsked(HttpRequest request) =>
        request.Headers.Upgrade.Any(value => string.Equals(value, Upgrade, StringComparison.OrdinalIgnoreCase));

    /// <summary>Names the first of the client's protocols that is spoken in the answer, or all that are spoken.</summary>
    /// <returns>The version of a command's protocol, 1 also where the client names none; null when none of the client's is spoken.</returns>
    public static int? Negotiate(HttpContext context, StreamingOffer offer)
    {
        var spoken = offer is PortForwardOffer ? OfPorts : OfCommands;
        var offered = context.Request.Headers.GetCommaSeparatedValues(OfferedHeader);
        if (offered.Length == 0)
            return 1;
        if (Array.Find(offered, name => spoken.Contains(name)) is { } chosen)
        {
            context.Response.Headers[OfferedHeader] = chosen;
            return OfCommands.Length - Math.Max(0, Array.IndexOf(OfCommands, chosen));
        }

        context.Response.Headers[AcceptedHeader] = new StringValues(spoken);
        return null;
    }
}
