using Ocid.Operator.Rollouts;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Tests.Rollouts;

/// <summary>Nodes to roll out to, and agents that do what they are told.</summary>
internal sealed class Fleet
{
    public static readonly RevisionHash Old = RevisionHash.Parse("0000000000000001");
    public static readonly RevisionHash New = RevisionHash.Parse("0000000000000002");

    private readonly Dictionary<string, NodeSnapshot> _nodes;

    public Fleet(params NodeSnapshot[] nodes) => _nodes = nodes.ToDictionary(node => node.Name);

    public RolloutSettings Settings { get; init; } = RolloutSettings.Default;

    public RevisionHash Target { get; set; } = New;

    public bool IsPaused { get; set; }

    public DateTimeOffset Now { get; set; } = new(2026, 11, 26, 0, 0, 0, TimeSpan.Zero);

    public IEnumerable<NodeSnapshot> Nodes => _nodes.Values;

    public NodeSnapshot this[string name]
    {
        get => _nodes[name];
        set => _nodes[name] = value;
    }

    /// <summary>A node that has a revision, for long.</summary>
    public static NodeSnapshot Having(string name, RevisionHash? revision = null) => new()
    {
        Name = name,
        Desired = revision ?? Old,
        Current = revision ?? Old,
        Phase = NodePhase.Updated,
        UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    public static NodeSnapshot Fresh(string name) => new() { Name = name };

    public static NodeSnapshot[] Many(int count) => [.. Enumerable.Range(0, count).Select(index => Having($"n{index:d4}"))];

    public RolloutProgress Decide() => Rollout.Decide([new RolloutGroup("default", Target, Settings, IsPaused, [.. Nodes])], Now).Should().ContainSingle().Subject;

    /// <summary>Tells the nodes what was decided.</summary>
    public RolloutProgress Step()
    {
        var progress = Decide();
        foreach (var assignment in progress.Assignments)
            this[assignment.Node] = this[assignment.Node] with { Desired = assignment.Revision, Phase = NodePhase.Pending };
        return progress;
    }

    /// <summary>An agent has done what it was told.</summary>
    public void Succeed(string name) => this[name] = this[name] with { Current = this[name].Desired, Phase = NodePhase.Updated, UpdatedAt = Now };

    /// <summary>An agent has tried it, and has put back what was there.</summary>
    public void Fail(string name) => this[name] = this[name] with { Failed = this[name].Desired, Phase = NodePhase.RolledBack };
}
