using System.Globalization;
using Ocid.Primitives;

namespace Ocid.Daemon.Streaming;

/// <summary>Which local port stands for which of a pod.</summary>
/// <param name="Local">0 is any that is free.</param>
/// <param name="Remote">The pod's.</param>
internal sealed record PortMapping(int Local, int Remote)
{
    /// <summary>Reads <c>PORT</c>, <c>LOCAL:REMOTE</c> or <c>:REMOTE</c>.</summary>
    /// <exception cref="OcidException">InvalidArgument.</exception>
    public static PortMapping Parse(string text)
    {
        var parts = text.Split(':');
        var remote = Number(parts[^1]);
        var local = parts.Length == 1 ? remote : parts[0].Length == 0 ? 0 : Number(parts[0]);
        return parts.Length <= 2 && remote > 0 && local is not null
            ? new PortMapping(local.Value, remote.Value)
            : throw new OcidException(ErrorKind.InvalidArgument, $"port {Quoted.Text(text)}: want PORT, LOCAL:REMOTE or :REMOTE");
    }

    private static int? Number(string text) => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
