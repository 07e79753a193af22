using Ocid.Revisions;

namespace Ocid.Operator.Rollouts;

/// <summary>One group's next step.</summary>
internal sealed class GroupRollout
{
    private readonly RolloutGroup _group;
    private readonly Availability _availability;
    private readonly DateTimeOffset _now;
    private readonly List<NodeSnapshot> _done;
    private readonly List<NodeSnapshot> _moving;
    private readonly List<NodeSnapshot> _waiting;
    private readonly RevisionHash? _good;
    private readonly int _failed;
    private readonly int _canaries;

    public GroupRollout(RolloutGroup group, Availability availability, DateTimeOffset now)
    {
        (_group, _availability, _now) = (group, availability, now);
        var nodes = group.Nodes.Where(node => node.TakesPart).ToList();
        var failed = nodes.Where(node => node.HasFailed(group.Target)).ToHashSet();
        var others = nodes.Where(node => !failed.Contains(node)).ToList();
        _failed = failed.Count;
        _done = [.. others.Where(node => node.Has(group.Target))];
        _moving = [.. others.Where(node => node.Desired == group.Target && !node.Has(group.Target))];
        _good = LastGood();
        _waiting = [.. others.Where(node => node.Desired != group.Target).OrderBy(NotReadyLast).ThenBy(SupersededFirst).ThenBy(node => node.Name, StringComparer.Ordinal)];
        _canaries = Math.Min(group.Settings.Canary, others.Count);
    }

    public RolloutProgress Decide()
    {
        if (_group.IsPaused)
            return Progress(RolloutStage.Paused, []);
        if (_failed >= _group.Settings.FailureBudget)
            return Progress(RolloutStage.BudgetExhausted, HoldNewNodes());
        if (_waiting.Count == 0)
            return Progress(_moving.Count == 0 ? RolloutStage.Settled : _done.Count < _canaries ? RolloutStage.CanaryStarted : RolloutStage.Progressing, []);
        if (_done.Count < _canaries)
            return StartCanaries();

        // The canaries are those that had it first: who came later must not make the others wait again.
        var soaked = _canaries == 0 ? _now : _done.Select(node => node.UpdatedAt ?? _now).Order().ElementAt(_canaries - 1) + _group.Settings.Soak;
        return soaked > _now ? Progress(RolloutStage.CanarySoaking, HoldNewNodes(), soaked) : Proceed();
    }

    // A node that is being changed anyway, by a revision that this one supersedes, is not made worse by it.
    private static int SupersededFirst(NodeSnapshot node) => node.IsMoving ? 0 : 1;

    private static int NotReadyLast(NodeSnapshot node) => node.IsReady ? 0 : 1;

    private RolloutProgress StartCanaries()
    {
        var missing = Math.Max(0, _canaries - _done.Count - _moving.Count);
        var workers = Candidates().Where(node => !node.IsControlPlane).ToList();
        var canaries = Take((workers.Count > 0 ? workers : Candidates()).Take(missing));
        return Progress(canaries.Count == 0 && _moving.Count == 0 ? RolloutStage.MaxUnavailableReached : RolloutStage.CanaryStarted, [.. canaries, .. HoldNewNodes(canaries)]);
    }

    private RolloutProgress Proceed()
    {
        var workers = _waiting.Where(node => !node.IsControlPlane).ToList();
        var assignments = Take(workers.Count > 0 ? Candidates().Where(node => !node.IsControlPlane) : ControlPlane());
        return Progress(assignments.Count == 0 && _moving.Count == 0 ? RolloutStage.MaxUnavailableReached : RolloutStage.Progressing, assignments);
    }

    // Last, and one after the other.
    private IEnumerable<NodeSnapshot> ControlPlane() => _moving.Count > 0 ? [] : Candidates().Take(1);

    // A new node that is on its way to what is known to work gets there first.
    private IEnumerable<NodeSnapshot> Candidates() => _waiting.Where(node => !node.IsMoving || node.Desired != _good);

    private List<Assignment> Take(IEnumerable<NodeSnapshot> nodes) =>
        [.. nodes.Where(node => _availability.TryTake(node, _group.Settings.MaxUnavailable)).Select(node => new Assignment(node.Name, _group.Target))];

    private IReadOnlyList<Assignment> HoldNewNodes(IReadOnlyCollection<Assignment>? assigned = null)
    {
        if (_good is null)
            return [];
        var taken = (assigned ?? []).Select(assignment => assignment.Node).ToHashSet(StringComparer.Ordinal);
        return [.. _waiting.Where(node => node.Desired is null && !taken.Contains(node.Name)).Select(node => new Assignment(node.Name, _good, IsHeldBack: true))];
    }

    // What most of the others have, and work with.
    private RevisionHash? LastGood() => _group.Nodes
        .Where(node => node.Current is not null && node.Current != _group.Target && node.TakesPart && !node.HasFailed(node.Current))
        .CountBy(node => node.Current!).OrderByDescending(count => count.Value).ThenBy(count => count.Key.Value, StringComparer.Ordinal)
        .Select(count => count.Key).FirstOrDefault();

    private RolloutProgress Progress(RolloutStage stage, IReadOnlyList<Assignment> assignments, DateTimeOffset? again = null) =>
        new() { Group = _group, Stage = stage, Assignments = assignments, LookAgainAt = again };
}
