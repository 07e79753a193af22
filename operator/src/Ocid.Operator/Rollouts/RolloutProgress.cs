namespace Ocid.Operator.Rollouts;

/// <summary>How a group stands, and what is next for it.</summary>
internal sealed record RolloutProgress
{
    public required RolloutGroup Group { get; init; }

    public required RolloutStage Stage { get; init; }

    /// <summary>What its nodes are to be told now.</summary>
    public required IReadOnlyList<Assignment> Assignments { get; init; }

    /// <summary>When to look again although nothing changed; null where only a change helps.</summary>
    public DateTimeOffset? LookAgainAt { get; init; }

    /// <summary>The nodes that have the revision, and work.</summary>
    public IReadOnlyList<NodeSnapshot> Done => [.. Group.Nodes.Where(node => node.Has(Group.Target))];

    /// <summary>The nodes that failed on it, by name.</summary>
    public IReadOnlyList<NodeSnapshot> Failed => [.. Group.Nodes.Where(node => node.TakesPart && node.HasFailed(Group.Target)).OrderBy(node => node.Name, StringComparer.Ordinal)];
}
