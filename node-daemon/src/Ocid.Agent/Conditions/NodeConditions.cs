using Ocid.Agent.Cluster.Wire;
using Ocid.Revisions.Nodes;

namespace Ocid.Agent.Conditions;

/// <summary>
/// The conditions of a RuntimeNode: the steps towards the revision that is asked for, and what is wrong. Each keeps the time at which its status changed last, which
/// for <c>Updated</c> is the begin of a canary's soak. Conditions that somebody else writes stay as they are.
/// </summary>
internal static class NodeConditions
{
    /// <param name="node">The node.</param>
    /// <param name="before">The conditions as they were written last.</param>
    /// <param name="now">The time of what changes.</param>
    public static IReadOnlyList<NodeCondition> Of(NodeView node, IReadOnlyList<NodeCondition> before, DateTimeOffset now)
    {
        var ours = Ours(node).Select(condition => Timed(condition with { ObservedGeneration = node.Generation }, before, now)).ToList();
        return [.. ours.Concat(before.Where(other => ours.TrueForAll(condition => condition.Type != other.Type))).OrderBy(condition => condition.Type, StringComparer.Ordinal)];
    }

    private static IEnumerable<NodeCondition> Ours(NodeView node)
    {
        var isInForce = node.IsUpdated || node.Phase == NodePhase.Verifying;
        yield return Step("Staged", node.IsStaged && node.Phase is not (NodePhase.Unsupported or NodePhase.Releasing or NodePhase.Released), "FilesStaged", node);
        yield return Step("Applied", isInForce, "FilesInForce", node);
        yield return Step("Reloaded", isInForce, StepReason.OfTakeOver(node.Cost), node);
        yield return Step("Verified", node.IsUpdated, "CanaryPassed", node);
        yield return Step("Updated", node.IsUpdated, "RevisionInForce", node) with { Message = node.IsUpdated ? "" : Short(node.Message) };
        yield return IsWrong(node.Phase)
            ? new NodeCondition { Type = "Degraded", Status = "True", Reason = StepReason.WhyNot(node), Message = Short(node.Message) }
            : new NodeCondition { Type = "Degraded", Status = "False", Reason = StepReason.AsExpected };
        yield return node.Drift is [var first, ..]
            ? new NodeCondition { Type = "Drifted", Status = "True", Reason = StepReason.FilesChanged, Message = Short(node.Drift.Count == 1 ? first : $"{first} and {node.Drift.Count - 1} more") }
            : new NodeCondition { Type = "Drifted", Status = "False", Reason = StepReason.FilesAsWritten };
        yield return Ready(node);
    }

    private static NodeCondition Step(string type, bool isDone, string reason, NodeView node) =>
        new() { Type = type, Status = isDone ? "True" : "False", Reason = isDone ? reason : StepReason.WhyNot(node) };

    // Does a runtime of ours work here, be it the revision that is asked for or the one before?
    private static NodeCondition Ready(NodeView node) => node switch
    {
        { Phase: NodePhase.Degraded or NodePhase.Unsupported or NodePhase.Releasing or NodePhase.Released } => Step("Ready", false, "", node),
        { Current: null } => new NodeCondition { Type = "Ready", Status = "False", Reason = StepReason.NothingInForce },
        _ => new NodeCondition { Type = "Ready", Status = "True", Reason = "RuntimeWorks" },
    };

    private static bool IsWrong(NodePhase phase) => phase is NodePhase.Degraded or NodePhase.RolledBack;

    private static NodeCondition Timed(NodeCondition condition, IReadOnlyList<NodeCondition> before, DateTimeOffset now)
    {
        var former = before.FirstOrDefault(other => other.Type == condition.Type);
        var isChange = former is null || former.Status != condition.Status;
        // As Kubernetes writes it: whole seconds.
        return condition with { LastTransitionTime = isChange ? new DateTime(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc) : former!.LastTransitionTime };
    }

    private static string Short(string message) => message.Length <= StatusBounds.ConditionMessage ? message : message[..(StatusBounds.ConditionMessage - 1)] + "…";
}
