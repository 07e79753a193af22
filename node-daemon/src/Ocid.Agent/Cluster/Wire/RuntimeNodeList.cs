namespace Ocid.Agent.Cluster.Wire;

/// <summary>The answer to a list, of at most one object.</summary>
internal sealed record RuntimeNodeList
{
    public ObjectMetadata Metadata { get; init; } = new();

    public IReadOnlyList<RuntimeNodeObject> Items { get; init; } = [];
}
