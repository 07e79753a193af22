namespace Ocid.Runtime.Monitoring.Protocol;

// What a monitor leaves for its next program in a file without a name. Additive, like the wire.
internal sealed record UpgradeState
{
    public int Version { get; init; } = ProtocolVersion.Current;

    public int Listener { get; init; }

    public IReadOnlyList<int> Connections { get; init; } = [];

    public IReadOnlyList<UpgradedContainer> Containers { get; init; } = [];

    public IReadOnlyList<UpgradedExec> Execs { get; init; } = [];
}
