using k8s.Models;
using Ocid.Cluster.Entities;
using Ocid.Operator.Planning;

namespace Ocid.Operator.Conditions;

/// <summary>
/// What happened between two statuses of a RuntimeConfig, for <c>kubectl describe</c>. The one before is what the API server has, so that an operator that takes over repeats
/// nothing, and misses nothing that its predecessor did not write.
/// </summary>
internal static class ConfigEvents
{
    private const string CanaryStarted = nameof(CanaryStarted);
    private const string CanarySoaking = nameof(CanarySoaking);
    private const string Settled = nameof(Settled);

    public static IEnumerable<ConfigEvent> Between(RuntimeConfigStatus? before, RuntimeConfigStatus after)
    {
        if (after.Revision is { } revision && revision != before?.Revision)
            yield return new ConfigEvent("RevisionRendered", $"revision {revision} is for {NodeNames.Count(after.Matched ?? 0)}");
        foreach (var happened in new[] { Refusal(before, after), Failure(before, after), Passed(before, after), Stage(before, after) })
        {
            if (happened is not null)
                yield return happened;
        }
    }

    private static ConfigEvent? Refusal(RuntimeConfigStatus? before, RuntimeConfigStatus after) =>
        Of(after, ConditionType.Accepted) is { Status: "False" } refused && HasChanged(before, refused) ? new ConfigEvent(refused.Reason, refused.Message, IsWarning: true) : null;

    // One node more, or another reason: a node that recovers changes the message as well.
    private static ConfigEvent? Failure(RuntimeConfigStatus? before, RuntimeConfigStatus after)
    {
        if (Of(after, ConditionType.Degraded) is not { Status: "True" } failed || !HasChanged(before, failed) && after.Degraded <= before?.Degraded)
            return null;
        return new ConfigEvent(failed.Reason is "RolledBack" ? "VerificationFailed" : failed.Reason, failed.Message, IsWarning: true);
    }

    private static ConfigEvent? Passed(RuntimeConfigStatus? before, RuntimeConfigStatus after) =>
        Stage(before) is { Reason: CanaryStarted or CanarySoaking } && before?.Revision == after.Revision && Stage(after) is { Reason: "RolloutStarted" or Settled }
            ? new ConfigEvent("CanaryPassed", $"revision {after.Revision} works on its canaries")
            : null;

    private static ConfigEvent? Stage(RuntimeConfigStatus? before, RuntimeConfigStatus after)
    {
        if (Stage(after) is not { } stage || !HasChanged(before, stage) && before?.Revision == after.Revision)
            return null;
        return stage.Reason switch
        {
            CanaryStarted => new ConfigEvent(CanaryStarted, stage.Message),
            "Paused" => new ConfigEvent("RolloutPaused", stage.Message),
            "BudgetExhausted" => new ConfigEvent("BudgetExhausted", stage.Message, IsWarning: true),
            Settled when Stage(before) is { Reason: not Settled } && Of(after, ConditionType.Ready) is { Status: "True" } => new ConfigEvent("RolloutCompleted", $"revision {after.Revision} is on {NodeNames.Count(after.Updated ?? 0)}"),
            _ => null,
        };
    }

    private static bool HasChanged(RuntimeConfigStatus? before, V1Condition after) => Of(before, after.Type) is not { } was || (was.Status, was.Reason) != (after.Status, after.Reason);

    private static V1Condition? Stage(RuntimeConfigStatus? status) => Of(status, ConditionType.Progressing);

    private static V1Condition? Of(RuntimeConfigStatus? status, ConditionType type) => Of(status, type.ToString());

    private static V1Condition? Of(RuntimeConfigStatus? status, string type) => status?.Conditions?.FirstOrDefault(condition => condition.Type == type);
}
