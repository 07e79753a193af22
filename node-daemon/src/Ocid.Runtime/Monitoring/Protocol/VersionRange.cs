namespace Ocid.Runtime.Monitoring.Protocol;

internal sealed record VersionRange(int Oldest, int Current)
{
    public static VersionRange Ours { get; } = new(ProtocolVersion.Oldest, ProtocolVersion.Current);
}
