using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;
using Ocid.Operator.Planning;
using Ocid.Operator.Rollouts;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Controllers;

/// <summary>Nodes and RuntimeNodes as the API server has them, as decisions see them.</summary>
internal static class NodeObjects
{
    private static readonly Dictionary<string, string> NoLabels = [];

    public static ClusterNode Node(Node node) => ClusterNode.Of(
        node.Metadata.Name!,
        node.Metadata.Labels?.AsReadOnly() ?? NoLabels.AsReadOnly(),
        node.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "Ready")?.Status,
        node.Status?.NodeInfo?.ContainerRuntimeVersion);

    public static NodeReport Report(RuntimeNode node) => new()
    {
        Desired = Hash(node.Spec.DesiredRevision),
        IsReleased = node.Spec.Release,
        Current = Hash(node.Status?.CurrentRevision),
        Failed = Hash(node.Status?.FailedRevision),
        Phase = node.Status?.Phase ?? NodePhase.Pending,
        UpdatedAt = node.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: nameof(NodePhase.Updated), Status: "True" })?.LastTransitionTime.ToUniversalTime(),
    };

    /// <summary>Whether nothing that matters is another.</summary>
    public static bool IsSame(Node one, Node other)
    {
        var (a, b) = (Node(one), Node(other));
        return a.Snapshot == b.Snapshot && a.IsServing == b.IsServing && a.Labels.Count == b.Labels.Count && !a.Labels.Except(b.Labels).Any();
    }

    private static RevisionHash? Hash(string? text) => RevisionHash.TryParse(text, out var hash) ? hash : null;
}
