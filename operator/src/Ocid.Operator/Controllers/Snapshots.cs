using Ocid.Operator.Manifests;
using Ocid.Operator.Merging;
using Ocid.Operator.Planning;

namespace Ocid.Operator.Controllers;

/// <summary>Makes snapshots of the API server's objects. What was read once of an object's version is not read again.</summary>
/// <param name="images">The images that no revision may keep from a node.</param>
internal sealed class Snapshots(IReadOnlyList<ProtectedImage> images)
{
    private readonly VersionMemo<Layer> _layers = new();
    private readonly RevisionSecrets _revisions = new();

    /// <summary>The nodes are those with an agent, or with a RuntimeNode: an agent that is being replaced leaves no gap.</summary>
    public ClusterSnapshot Of(ClusterObjects objects)
    {
        var agents = objects.Agents.Select(pod => pod.Spec?.NodeName).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var reports = objects.RuntimeNodes.ToDictionary(node => node.Metadata.Name!, NodeObjects.Report, StringComparer.Ordinal);
        return new ClusterSnapshot
        {
            Configs = _layers.Of(objects.Configs.Where(config => config.Metadata.DeletionTimestamp is null), ConfigObject.Read),
            Nodes =
            [
                .. objects.Nodes.Where(node => agents.Contains(node.Metadata.Name!) || reports.ContainsKey(node.Metadata.Name!)).Select(NodeObjects.Node)
                    .Select(node => reports.TryGetValue(node.Snapshot.Name, out var report) ? node with { Snapshot = node.Snapshot.With(report) } : node),
            ],
            Contents = new ObjectContents(objects.Secrets, objects.ConfigMaps),
            Revisions = _revisions.Read(objects.Revisions),
            Protected = images,
        };
    }
}
