using Ocid.Cluster.Entities;
using Ocid.Operator.Planning;
using Ocid.Operator.Rollouts;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Controllers;

/// <summary>What is to become of the RuntimeNodes.</summary>
internal static class NodeWrites
{
    public static IReadOnlyList<NodeWrite> Of(ClusterObjects objects, FleetOutlook fleet, IEnumerable<RolloutProgress> progress, UnmatchedNodes unmatched, DateTimeOffset now)
    {
        var known = objects.RuntimeNodes.ToDictionary(node => node.Metadata.Name!, StringComparer.Ordinal);
        var owners = objects.Nodes.ToDictionary(node => node.Metadata.Name!, StringComparer.Ordinal);
        var told = progress.SelectMany(rollout => rollout.Assignments).ToDictionary(assignment => assignment.Node, StringComparer.Ordinal);
        var writes = new List<NodeWrite>();
        foreach (var outlook in fleet.Nodes)
        {
            var name = outlook.Node.Snapshot.Name;
            var assignment = told.GetValueOrDefault(name);
            IReadOnlyList<string> sources = assignment is { IsHeldBack: false } ? [.. outlook.Configuration.Layers.Select(layer => layer.Source)] : [];
            if (!known.TryGetValue(name, out var node))
                writes.Add(new NodeWrite.Create(owners[name], assignment?.Revision, sources));
            else if (node.Spec.Release && ReleaseMark.IsOurs(node))
                writes.Add(new NodeWrite.TakeBack(node));
            else if (assignment is not null)
                writes.Add(new NodeWrite.Tell(node, assignment.Revision, sources));
        }

        var matched = fleet.Nodes.Select(node => node.Node.Snapshot.Name).ToHashSet(StringComparer.Ordinal);
        var left = known.Values.Where(node => !matched.Contains(node.Metadata.Name!) && owners.ContainsKey(node.Metadata.Name!)).OrderBy(node => node.Metadata.Name, StringComparer.Ordinal).ToList();
        unmatched.Become(left.Where(node => !node.Spec.Release).Select(node => node.Metadata.Name!), now);
        writes.AddRange(left.Select(node => Leave(node, unmatched, now)).OfType<NodeWrite>());
        return writes;
    }

    // A node whose kubelet runs pods with ocid is left with it: without, its pods would end.
    private static NodeWrite? Leave(RuntimeNode node, UnmatchedNodes unmatched, DateTimeOffset now) => node switch
    {
        { Spec.Release: true } => ReleaseMark.IsOurs(node) && node.Status?.Phase is NodePhase.Released && node.Status.ObservedGeneration == node.Metadata.Generation ? new NodeWrite.Forget(node) : null,
        { Status.Serving: true } => null,
        _ => unmatched.IsDue(node.Metadata.Name!, now) ? new NodeWrite.Release(node) : null,
    };
}
