using Ocid.Operator.Planning;
using Ocid.Operator.Rollouts;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Conditions;

/// <summary>The conditions of a RuntimeConfig: each names an object, what is the matter with it, and the command that shows more or puts it right.</summary>
internal sealed class ConfigConditions
{
    private const int MostRevisions = 10;

    private readonly ConfigSnapshot _config;
    private readonly List<NodeSnapshot> _nodes;
    private readonly List<NodeSnapshot> _failed;
    private readonly int _done;

    private ConfigConditions(ConfigSnapshot config)
    {
        _config = config;
        _nodes = [.. config.Nodes.Where(node => node.TakesPart)];
        _failed = [.. config.Rollouts.SelectMany(rollout => rollout.Failed)];
        _done = config.Rollouts.Sum(rollout => rollout.Done.Count);
    }

    /// <summary>Every condition once, in the order of their types.</summary>
    public static IReadOnlyList<Condition> Of(ConfigSnapshot config)
    {
        var conditions = new ConfigConditions(config);
        return [conditions.Accepted(), conditions.Rendered(), conditions.Progressing(), conditions.Available(), conditions.Degraded(), conditions.Serving(), conditions.Ready()];
    }

    private string Edit => $"kubectl edit runtimeconfig {_config.Name}";

    private Condition Accepted()
    {
        if (_config.Problems.OrderBy(problem => problem.IsResolved).FirstOrDefault() is { } problem)
        {
            var others = _config.Problems.Count > 1 ? $" ({_config.Problems.Count - 1} more)" : "";
            var held = _config.Held.Count > 0 ? $"; {Count(_config.Held.Count)} {(_config.Held.Count == 1 ? "keeps" : "keep")} what was good: {Names(_config.Held)}" : "";
            return False(ConditionType.Accepted, problem.Kind.ToString(), $"RuntimeConfig {_config.Name}: {problem}{others}{held}; next: {Edit}");
        }

        return _config.Nodes.Any()
            ? True(ConditionType.Accepted, "Valid")
            : False(ConditionType.Accepted, "NoNodesMatched", $"RuntimeConfig {_config.Name}: spec.nodeSelector matches no node with an agent; next: kubectl get nodes --show-labels");
    }

    private Condition Rendered()
    {
        if (_config.Problems.FirstOrDefault(problem => !problem.IsResolved) is { } problem)
            return False(ConditionType.Rendered, problem.Kind.ToString(), $"RuntimeConfig {_config.Name}: {problem.Field}; see condition Accepted");

        var revisions = _config.Rollouts.Select(rollout => rollout.Group.Target.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return revisions.Count > 0
            ? True(ConditionType.Rendered, "Rendered", $"revision {string.Join(", ", revisions.Take(MostRevisions))}{(revisions.Count > MostRevisions ? $" and {revisions.Count - MostRevisions} more" : "")}")
            : False(ConditionType.Rendered, "NoNodesMatched", $"RuntimeConfig {_config.Name} matches no node");
    }

    private Condition Progressing()
    {
        if (_config.Rollouts.Where(rollout => rollout.Stage is not RolloutStage.Settled).MaxBy(rollout => rollout.Stage) is not { } rollout)
            return False(ConditionType.Progressing, _config.Held.Count > 0 ? "Held" : "Settled", "");

        var revision = $"revision {rollout.Group.Target} of RuntimeConfig {rollout.Group.Config}";
        return rollout.Stage switch
        {
            RolloutStage.Paused => False(ConditionType.Progressing, "Paused",
                $"{revision} is paused; {Waiting(rollout)}; next: kubectl patch runtimeconfig {rollout.Group.Config} --type=merge -p '{{\"spec\":{{\"paused\":false}}}}'"),
            RolloutStage.BudgetExhausted => False(ConditionType.Progressing, "BudgetExhausted",
                $"{revision} is halted: {Count(rollout.Failed.Count)} failed on it and went back to what was good: {Names(rollout.Failed)}; {Waiting(rollout)}; next: kubectl describe runtimenode {rollout.Failed[0].Name}"),
            RolloutStage.MaxUnavailableReached => True(ConditionType.Progressing, "MaxUnavailableReached",
                $"{revision} waits: rollout.maxUnavailable is {rollout.Group.Settings.MaxUnavailable} and so many nodes are unavailable already; next: kubectl get nodes"),
            RolloutStage.CanarySoaking => True(ConditionType.Progressing, "CanarySoaking",
                $"{revision} is on {Names(rollout.Done)} and is watched until {rollout.LookAgainAt:yyyy-MM-dd'T'HH:mm:ss'Z'}; {Waiting(rollout)}"),
            RolloutStage.CanaryStarted => True(ConditionType.Progressing, "CanaryStarted", $"{revision} is tried on {Names(Moving(rollout))}; {Waiting(rollout)}"),
            _ => True(ConditionType.Progressing, "RolloutStarted", $"{revision} is on {rollout.Done.Count} of {Count(rollout.Group.Nodes.Count(node => node.TakesPart))}"),
        };
    }

    private Condition Available()
    {
        var without = _nodes.Where(node => node.Current is null).ToList();
        return without.Count == 0
            ? True(ConditionType.Available, "EveryNodeHasARevision")
            : False(ConditionType.Available, "NodesWithoutRevision", $"{Count(without.Count)} {(without.Count == 1 ? "has" : "have")} no revision yet: {Names(without)}; next: kubectl describe runtimenode {First(without)}");
    }

    private Condition Degraded()
    {
        if (_failed.Count > 0)
            return True(ConditionType.Degraded, "RolledBack", $"{Count(_failed.Count)} failed on what RuntimeConfig {_config.Name} asks for: {Names(_failed)}; next: kubectl describe runtimenode {First(_failed)}");

        var degraded = _nodes.Where(node => node.Phase is NodePhase.Degraded).ToList();
        return degraded.Count == 0
            ? False(ConditionType.Degraded, "NodesAreWell", "")
            : True(ConditionType.Degraded, "NodeFailed", $"{Count(degraded.Count)} {(degraded.Count == 1 ? "is" : "are")} degraded: {Names(degraded)}; next: kubectl describe runtimenode {First(degraded)}");
    }

    private Condition Serving()
    {
        var others = _nodes.Where(node => !_config.Serving.Contains(node.Name)).ToList();
        return others.Count == 0 && _nodes.Count > 0
            ? True(ConditionType.Serving, "KubeletUsesOcid")
            : False(ConditionType.Serving, "KubeletUsesOther", $"the kubelets of {Count(others.Count)} run pods with another runtime, as they did before; ocid serves only who asks for it");
    }

    private Condition Ready()
    {
        if (_config.Problems.FirstOrDefault(problem => !problem.IsResolved) is { } problem)
            return False(ConditionType.Ready, problem.Kind.ToString(), $"RuntimeConfig {_config.Name}: {problem.Field}; see condition Accepted");
        if (_nodes.Count == 0)
            return False(ConditionType.Ready, "NoNodesMatched", $"RuntimeConfig {_config.Name} matches no node");
        return _done == _nodes.Count
            ? True(ConditionType.Ready, "Updated", $"{Count(_done)} updated")
            : False(ConditionType.Ready, "Updating", $"{_done} of {Count(_nodes.Count)} updated; see condition Progressing");
    }

    private static IEnumerable<NodeSnapshot> Moving(RolloutProgress rollout)
    {
        var told = Told(rollout);
        return rollout.Group.Nodes.Where(node => told.Contains(node.Name) || node.Desired == rollout.Group.Target && !node.Has(rollout.Group.Target) && !node.HasFailed(rollout.Group.Target));
    }

    private static string Waiting(RolloutProgress rollout)
    {
        var told = Told(rollout);
        var waiting = rollout.Group.Nodes.Count(node => node.TakesPart && node.Desired != rollout.Group.Target && !told.Contains(node.Name));
        return $"{Count(waiting)} {(waiting == 1 ? "waits" : "wait")}";
    }

    private static HashSet<string> Told(RolloutProgress rollout) =>
        rollout.Assignments.Where(assignment => !assignment.IsHeldBack).Select(assignment => assignment.Node).ToHashSet(StringComparer.Ordinal);

    private static string Count(int nodes) => NodeNames.Count(nodes);

    private static string First(IEnumerable<NodeSnapshot> nodes) => nodes.Select(node => node.Name).Order(StringComparer.Ordinal).First();

    private static string Names(IEnumerable<NodeSnapshot> nodes) => NodeNames.Of(nodes.Select(node => node.Name));

    private static Condition True(ConditionType type, string reason, string message = "") => new(type, ConditionStatus.True, reason, message);

    private static Condition False(ConditionType type, string reason, string message) => new(type, ConditionStatus.False, reason, message);
}
