using System.Net;

namespace Ocid.Operator.Serving;

/// <summary>Where something is served.</summary>
/// <param name="EndPoint">The address and port; null is nowhere.</param>
internal sealed record ListenAddress(IPEndPoint? EndPoint)
{
    private const string None = "none";

    /// <summary>Reads <c>address:port</c> or <c>none</c>; null where it is neither.</summary>
    public static ListenAddress? TryParse(string text) =>
        text == None ? new ListenAddress((IPEndPoint?)null)
        : IPEndPoint.TryParse(text, out var address) && address.Port != 0 ? new ListenAddress(address)
        : null;

    public override string ToString() => EndPoint?.ToString() ?? None;
}
