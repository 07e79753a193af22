using Ocid.Operator.Conditions;
using Ocid.Operator.Merging;
using Ocid.Operator.Rendering;
using Ocid.Operator.Rollouts;
using Ocid.Revisions;

namespace Ocid.Operator.Planning;

/// <summary>What every node is to have, out of everything that is known. Nodes that the same RuntimeConfigs match are worked out once.</summary>
internal sealed class FleetOutlook
{
    private readonly ClusterSnapshot _cluster;

    private FleetOutlook(ClusterSnapshot cluster, IReadOnlyList<NodeOutlook> nodes) => (_cluster, Nodes) = (cluster, nodes);

    /// <summary>The nodes that a RuntimeConfig matches, in the order of their names.</summary>
    public IReadOnlyList<NodeOutlook> Nodes { get; }

    /// <summary>The step of each node that may take one.</summary>
    public IEnumerable<NodeStep> Steps => Nodes.Where(node => node.Target is not null).Select(node =>
        new NodeStep(node.Node.Snapshot.Name, node.Node.Snapshot.Current is { } current ? _cluster.Revisions.GetValueOrDefault(current) : null, node.Target!, node.Node.IsServing));

    /// <summary>The nodes that a RuntimeConfig matches.</summary>
    public IReadOnlyList<NodeOutlook> Matched(string config) => [.. Nodes.Where(node => node.Configuration.Layers.Any(layer => layer.Name == config))];

    /// <summary>Whether a revision is kept where the nodes get it from.</summary>
    public bool IsStored(RevisionHash revision) => _cluster.Revisions.ContainsKey(revision);

    /// <summary>Everything that is wrong, once.</summary>
    public IEnumerable<MergeProblem> Problems => Nodes.SelectMany(node => node.Problems).DistinctBy(problem => (problem.Kind, problem.ToString()));

    public static FleetOutlook Of(ClusterSnapshot cluster, Renderer renderer)
    {
        var known = new Dictionary<string, (EffectiveConfiguration, Revision?, IReadOnlyList<MergeProblem>)>(StringComparer.Ordinal);
        var nodes = new List<NodeOutlook>();
        foreach (var node in cluster.Nodes.Where(node => node.IsSupported).OrderBy(node => node.Snapshot.Name, StringComparer.Ordinal))
        {
            var matching = cluster.Configs.Where(config => config.Selector.Matches(node.Labels)).ToList();
            if (matching.Count == 0)
                continue;
            var key = string.Join('/', matching.Select(config => config.Name));
            if (!known.TryGetValue(key, out var outlook))
                known.Add(key, outlook = WorkOut(matching, cluster, renderer));
            var (configuration, target, problems) = outlook;
            nodes.Add(new NodeOutlook(node, configuration, target, problems));
        }

        return new FleetOutlook(cluster, nodes);
    }

    /// <summary>The roll-outs that the nodes are in.</summary>
    public IReadOnlyList<RolloutGroup> Groups() =>
    [
        .. Nodes.Where(node => node.Target is not null)
            .GroupBy(node => (Config: node.Leading.Name, Target: node.Target!.Hash, IsPaused: node.Configuration.Layers.Any(layer => layer.IsPaused)))
            .Select(group => new RolloutGroup(group.Key.Config, group.Key.Target, group.First().Leading.Rollout, group.Key.IsPaused, [.. group.Select(node => node.Node.Snapshot)])),
    ];

    /// <summary>How a RuntimeConfig stands.</summary>
    /// <param name="config">Its name.</param>
    /// <param name="progress">The roll-outs as they were decided.</param>
    public ConfigSnapshot Of(string config, IEnumerable<RolloutProgress> progress)
    {
        var matched = Matched(config);
        var names = matched.Select(node => node.Node.Snapshot.Name).ToHashSet(StringComparer.Ordinal);
        return new ConfigSnapshot
        {
            Name = config,
            Problems = [.. Problems.Where(problem => problem.Configs.Contains(config))],
            Rollouts = [.. progress.Where(rollout => rollout.Group.Nodes.Any(node => names.Contains(node.Name)))],
            Held = [.. matched.Where(node => node.Target is null).Select(node => node.Node.Snapshot)],
            Serving = matched.Where(node => node.Node.IsServing).Select(node => node.Node.Snapshot.Name).ToHashSet(StringComparer.Ordinal),
        };
    }

    private static (EffectiveConfiguration, Revision?, IReadOnlyList<MergeProblem>) WorkOut(List<Layer> layers, ClusterSnapshot cluster, Renderer renderer)
    {
        var merged = Merge.Of(layers);
        var rendered = renderer.Render(merged.Configuration, cluster.Contents);
        List<MergeProblem> problems = [.. layers.SelectMany(layer => layer.Problems), .. merged.Problems, .. rendered.Problems, .. LockOut.Of(merged.Configuration, cluster.Protected)];
        return (merged.Configuration, problems.Exists(problem => !problem.IsResolved) ? null : rendered.Revision, problems);
    }
}
