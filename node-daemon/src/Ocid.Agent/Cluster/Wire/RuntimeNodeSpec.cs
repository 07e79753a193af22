namespace Ocid.Agent.Cluster.Wire;

/// <summary>What the operator asks of this node.</summary>
internal sealed record RuntimeNodeSpec
{
    public string? DesiredRevision { get; init; }

    public bool Release { get; init; }
}
