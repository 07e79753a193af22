namespace Ocid.Agent.Cluster.Wire;

/// <summary>A RuntimeNode as the API server has it.</summary>
internal sealed record RuntimeNodeObject
{
    public ObjectMetadata Metadata { get; init; } = new();

    public RuntimeNodeSpec Spec { get; init; } = new();

    public RuntimeNodeStatus? Status { get; init; }
}
