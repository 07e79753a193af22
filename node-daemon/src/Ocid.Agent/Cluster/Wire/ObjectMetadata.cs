namespace Ocid.Agent.Cluster.Wire;

/// <summary>What the agent reads of an object's metadata.</summary>
internal sealed record ObjectMetadata
{
    public string Name { get; init; } = "";

    public long Generation { get; init; }

    public string ResourceVersion { get; init; } = "";
}
