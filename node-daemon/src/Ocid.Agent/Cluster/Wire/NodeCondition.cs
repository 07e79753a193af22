namespace Ocid.Agent.Cluster.Wire;

/// <summary>A condition of a RuntimeNode. No member is ever null: the API server would refuse it.</summary>
/// <remarks>https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/condition/</remarks>
internal sealed record NodeCondition
{
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    public string Status { get; init; } = "";

    public string Reason { get; init; } = "";

    public string Message { get; init; } = "";

    /// <summary>Since when the status is what it is; what else changes does not count.</summary>
    public DateTime LastTransitionTime { get; init; }

    public long ObservedGeneration { get; init; }
}
