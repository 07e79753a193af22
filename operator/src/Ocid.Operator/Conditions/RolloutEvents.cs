using Ocid.Operator.Planning;
using Ocid.Operator.Rollouts;

namespace Ocid.Operator.Conditions;

/// <summary>The events between two looks at a roll-out.</summary>
internal static class RolloutEvents
{
    /// <param name="before">How it was; null at the first look at its revision.</param>
    /// <param name="after">How it is.</param>
    public static IEnumerable<RolloutEvent> Between(RolloutProgress? before, RolloutProgress after)
    {
        var (config, revision) = (after.Group.Config, $"revision {after.Group.Target}");
        if (before is null && after.Stage is not RolloutStage.Settled)
            yield return new RolloutEvent(config, "RevisionRendered", $"{revision} is for {NodeNames.Count(after.Group.Nodes.Count)}");

        var known = (before?.Failed ?? []).Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var node in after.Failed.Where(node => !known.Contains(node.Name)))
            yield return new RolloutEvent(config, "VerificationFailed", $"node {node.Name} failed on {revision} and has {node.Current?.Value ?? "none"}; next: kubectl describe runtimenode {node.Name}", IsWarning: true);

        if (before?.Stage != after.Stage && Of(before?.Stage, after, revision) is { } entered)
            yield return entered with { Config = config };
    }

    private static RolloutEvent? Of(RolloutStage? before, RolloutProgress after, string revision) => after.Stage switch
    {
        RolloutStage.CanaryStarted => Normal("CanaryStarted", $"{revision} is tried on {NodeNames.Of(after.Assignments.Select(assignment => assignment.Node))}"),
        RolloutStage.Progressing or RolloutStage.Settled when before is RolloutStage.CanaryStarted or RolloutStage.CanarySoaking => Normal("CanaryPassed", $"{revision} works on its canaries"),
        RolloutStage.Paused => Normal("RolloutPaused", $"{revision} waits until the pause ends"),
        RolloutStage.BudgetExhausted => Normal("BudgetExhausted", $"{revision} is halted: {NodeNames.Count(after.Failed.Count)} failed on it, and rollout.failureBudget is {after.Group.Settings.FailureBudget}") with { IsWarning = true },
        RolloutStage.Settled when before is not null => Normal("RolloutCompleted", $"{revision} is on {NodeNames.Count(after.Done.Count)}"),
        _ => null,
    };

    private static RolloutEvent Normal(string reason, string message) => new("", reason, message);
}
