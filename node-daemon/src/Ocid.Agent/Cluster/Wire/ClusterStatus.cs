namespace Ocid.Agent.Cluster.Wire;

/// <summary>What the API server answers when it refuses.</summary>
internal sealed record ClusterStatus
{
    public string? Message { get; init; }
}
