using Ocid.Operator.Merging;
using Ocid.Operator.Rollouts;

namespace Ocid.Operator.Conditions;

/// <summary>What is known about a RuntimeConfig.</summary>
internal sealed record ConfigSnapshot
{
    public required string Name { get; init; }

    /// <summary>What is wrong with it, found on whichever node.</summary>
    public IReadOnlyList<MergeProblem> Problems { get; init; } = [];

    /// <summary>The roll-outs of the nodes that it matches.</summary>
    public IReadOnlyList<RolloutProgress> Rollouts { get; init; } = [];

    /// <summary>The nodes that it matches and that keep what they have, because of a problem.</summary>
    public IReadOnlyList<NodeSnapshot> Held { get; init; } = [];

    /// <summary>The nodes that it matches whose kubelet runs pods with ocid.</summary>
    public IReadOnlySet<string> Serving { get; init; } = new HashSet<string>();

    /// <summary>Every node that it matches.</summary>
    public IEnumerable<NodeSnapshot> Nodes => Rollouts.SelectMany(rollout => rollout.Group.Nodes).Concat(Held);
}
