using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Rollouts;

/// <summary>What a RuntimeNode says: what its node was told, and what it answered.</summary>
internal sealed record NodeReport
{
    /// <summary>What it was told to have; null where it was told nothing yet.</summary>
    public RevisionHash? Desired { get; init; }

    /// <summary>Whether it was told to give everything back.</summary>
    public bool IsReleased { get; init; }

    /// <summary>What is in force there.</summary>
    public RevisionHash? Current { get; init; }

    /// <summary>What failed there last.</summary>
    public RevisionHash? Failed { get; init; }

    public NodePhase Phase { get; init; } = NodePhase.Pending;

    /// <summary>Since when it has what it has.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
