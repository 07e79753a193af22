namespace Ocid.Agent.Cluster.Wire;

/// <summary>What the agent says about this node. In a merge patch a null takes a member away.</summary>
internal sealed record RuntimeNodeStatus
{
    public long ObservedGeneration { get; init; }

    public string? CurrentRevision { get; init; }

    public string? LastGoodRevision { get; init; }

    public string? FailedRevision { get; init; }

    public string Phase { get; init; } = "";

    public string? Disruption { get; init; }

    public string Message { get; init; } = "";

    public RuntimeStatus? Runtime { get; init; }

    public bool Serving { get; init; }

    public IReadOnlyList<string> Drift { get; init; } = [];

    /// <summary>In the order of their types.</summary>
    public IReadOnlyList<NodeCondition> Conditions { get; init; } = [];

    public bool IsSame(RuntimeNodeStatus? other) => other is not null
        && this with { Drift = [], Runtime = null, Conditions = [] } == other with { Drift = [], Runtime = null, Conditions = [] }
        && Drift.SequenceEqual(other.Drift) && (Runtime?.IsSame(other.Runtime) ?? other.Runtime is null)
        && Conditions.SequenceEqual(other.Conditions.OrderBy(condition => condition.Type, StringComparer.Ordinal));
}
