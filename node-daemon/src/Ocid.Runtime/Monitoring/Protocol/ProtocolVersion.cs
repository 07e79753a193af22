using Ocid.Primitives;

namespace Ocid.Runtime.Monitoring.Protocol;

// Fields may be added at any time: both sides ignore what they do not know. The version goes up when something changes
// that the other side must understand; the one before is still served.
internal static class ProtocolVersion
{
    public const int Oldest = 1;
    public const int Current = 1;

    /// <summary>The newest version that both sides know.</summary>
    public static int Agree(int otherOldest, int otherCurrent)
    {
        var agreed = Math.Min(Current, otherCurrent);
        return agreed >= Math.Max(Oldest, otherOldest)
            ? agreed
            : throw new OcidException(
                ErrorKind.FailedPrecondition,
                $"monitor protocol: the other side speaks {otherOldest} to {otherCurrent}, this one {Oldest} to {Current}");
    }
}
