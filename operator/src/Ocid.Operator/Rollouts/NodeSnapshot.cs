using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Rollouts;

/// <summary>What is known of a node: from its Node, and from its RuntimeNode where there is one.</summary>
internal sealed record NodeSnapshot
{
    public required string Name { get; init; }

    /// <summary>Whether Kubernetes has it as ready.</summary>
    public bool IsReady { get; init; } = true;

    public bool IsControlPlane { get; init; }

    /// <summary>What it was told to have; null where it was told nothing yet.</summary>
    public RevisionHash? Desired { get; init; }

    /// <summary>What is in force there.</summary>
    public RevisionHash? Current { get; init; }

    /// <summary>What failed there last.</summary>
    public RevisionHash? Failed { get; init; }

    public NodePhase Phase { get; init; } = NodePhase.Pending;

    /// <summary>Since when it has what it has, as far as anybody knows.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>How it stands with what its RuntimeNode says.</summary>
    public NodeSnapshot With(NodeReport report)
    {
        // It has given everything back, and is wanted again: as if it were new.
        var isBack = !report.IsReleased && report.Phase is NodePhase.Releasing or NodePhase.Released;
        return this with
        {
            Desired = report.Desired,
            Current = isBack ? null : report.Current,
            Failed = isBack ? null : report.Failed,
            Phase = report.IsReleased && report.Phase is not NodePhase.Released ? NodePhase.Releasing : isBack ? NodePhase.Pending : report.Phase,
            UpdatedAt = report.UpdatedAt,
        };
    }

    /// <summary>Whether it takes part: a host that cannot run ocid, or is being released, gets nothing and counts nowhere.</summary>
    public bool TakesPart => Phase is not (NodePhase.Unsupported or NodePhase.Releasing or NodePhase.Released);

    /// <summary>Whether it is on its way to what it was told.</summary>
    public bool IsMoving => TakesPart && Desired is not null && (Phase is NodePhase.Applying or NodePhase.Verifying || Desired != Current && !HasFailed(Desired));

    /// <summary>Whether the fleet has to do without it for now.</summary>
    public bool IsUnavailable => TakesPart && (!IsReady || IsMoving || Phase is NodePhase.Degraded);

    /// <summary>Whether it has a revision, and works.</summary>
    public bool Has(RevisionHash revision) => Desired == revision && Current == revision && Phase is NodePhase.Updated;

    /// <summary>Whether it tried a revision and is not going to have it.</summary>
    public bool HasFailed(RevisionHash revision) =>
        Current != revision && (Failed == revision || Desired == revision && Phase is NodePhase.RolledBack or NodePhase.Degraded);
}
