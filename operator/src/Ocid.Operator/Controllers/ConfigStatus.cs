using k8s.Models;
using Ocid.Cluster.Entities;
using Ocid.Operator.Conditions;
using Ocid.Operator.Planning;
using Ocid.Operator.Rollouts;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Controllers;

/// <summary>The status of a RuntimeConfig.</summary>
internal static class ConfigStatus
{
    /// <param name="config">The RuntimeConfig, with the status that it has.</param>
    /// <param name="fleet">What every node is to have.</param>
    /// <param name="progress">How the roll-outs stand.</param>
    /// <param name="now">The time.</param>
    public static RuntimeConfigStatus Of(RuntimeConfig config, FleetOutlook fleet, IReadOnlyList<RolloutProgress> progress, DateTimeOffset now)
    {
        var name = config.Metadata.Name!;
        var matched = fleet.Matched(name);
        var names = matched.Select(node => node.Node.Snapshot.Name).ToHashSet(StringComparer.Ordinal);
        var plan = DisruptionSummary.Of(fleet.Steps.Where(step => names.Contains(step.Node)));
        var snapshot = fleet.Of(name, progress);
        return new RuntimeConfigStatus
        {
            ObservedGeneration = config.Metadata.Generation,
            Revision = matched.Select(node => node.Target?.Hash.Value).OfType<string>().CountBy(hash => hash)
                .OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal).FirstOrDefault().Key,
            Matched = matched.Count,
            Updated = matched.Count(node => node.Target is { } target && node.Node.Snapshot.Has(target.Hash)),
            Degraded = matched.Count(node => node.Node.Snapshot is { TakesPart: true } state && (state.Phase is NodePhase.Degraded || node.Target is { } target && state.HasFailed(target.Hash))),
            Plan = new PlanStatus { Disruption = plan.Disruption, Nodes = plan.Nodes, Changes = [.. plan.Changes] },
            Conditions = [.. ConfigConditions.Of(snapshot).Select(condition => Of(condition, config, now))],
        };
    }

    // Since when it is so, not since when it is said so.
    private static V1Condition Of(Condition condition, RuntimeConfig config, DateTimeOffset now)
    {
        var (type, status) = (condition.Type.ToString(), condition.Status.ToString());
        var before = config.Status?.Conditions?.FirstOrDefault(other => other.Type == type);
        return new V1Condition
        {
            Type = type,
            Status = status,
            Reason = condition.Reason,
            Message = condition.Message,
            ObservedGeneration = config.Metadata.Generation,
            LastTransitionTime = before?.Status == status ? before.LastTransitionTime : WholeSeconds(now.UtcDateTime),
        };
    }

    private static DateTime WholeSeconds(DateTime time) => new(time.Ticks - time.Ticks % TimeSpan.TicksPerSecond, DateTimeKind.Utc);
}
