using Ocid.Cluster.Entities.Core;
using Ocid.Operator.Planning;
using Ocid.Operator.Rollouts;
using Ocid.Revisions;

namespace Ocid.Operator.Controllers;

/// <summary>All that is to be written, so that the API server has what was decided: nothing where it has it already. A pure function of what is known.</summary>
internal sealed record WritePlan
{
    /// <summary>The revisions whose Secrets are missing.</summary>
    public required IReadOnlyList<Revision> Revisions { get; init; }

    public required IReadOnlyList<StatusWrite> Statuses { get; init; }

    public required IReadOnlyList<NodeWrite> Nodes { get; init; }

    /// <summary>The Secrets of revisions that nobody needs any more.</summary>
    public required IReadOnlyList<Secret> Garbage { get; init; }

    public required IReadOnlyList<RolloutProgress> Progress { get; init; }

    /// <summary>When to look again although nothing changed; null where only a change helps.</summary>
    public DateTimeOffset? LookAgainAt { get; init; }

    /// <param name="objects">What the API server has.</param>
    /// <param name="fleet">What every node is to have.</param>
    /// <param name="unmatched">When each node was first seen to be matched by no RuntimeConfig.</param>
    /// <param name="now">The time.</param>
    public static WritePlan Of(ClusterObjects objects, FleetOutlook fleet, UnmatchedNodes unmatched, DateTimeOffset now)
    {
        var progress = Rollout.Decide(fleet.Groups(), now);
        var targets = fleet.Nodes.Select(node => node.Target).OfType<Revision>().DistinctBy(revision => revision.Hash).OrderBy(revision => revision.Hash.Value, StringComparer.Ordinal).ToList();
        var nodes = NodeWrites.Of(objects, fleet, progress, unmatched, now);
        return new WritePlan
        {
            Revisions = [.. targets.Where(revision => !fleet.IsStored(revision.Hash))],
            Statuses = [.. objects.Configs.Where(config => config.Metadata.DeletionTimestamp is null).OrderBy(config => config.Metadata.Name, StringComparer.Ordinal)
                .Select(config => StatusWrite.Of(config, ConfigStatus.Of(config, fleet, progress, now))).OfType<StatusWrite>()],
            Nodes = nodes,
            Garbage = RevisionGarbage.Of(objects, targets.Select(target => target.Hash)),
            Progress = progress,
            LookAgainAt = Earliest(progress.Select(rollout => rollout.LookAgainAt).Append(unmatched.NextAt(now))),
        };
    }

    private static DateTimeOffset? Earliest(IEnumerable<DateTimeOffset?> times) => times.Where(time => time is not null).Min();
}
