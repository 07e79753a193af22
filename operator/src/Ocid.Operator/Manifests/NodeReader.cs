using System.Globalization;
using Ocid.Operator.Planning;
using Ocid.Operator.Rollouts;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Manifests;

/// <summary>Reads Nodes and RuntimeNodes: of each what matters here, and no more.</summary>
internal static class NodeReader
{
    public static ClusterNode Node(string name, ManifestFields metadata, ManifestFields? status)
    {
        var ready = status?.Mappings("conditions").FirstOrDefault(condition => condition.Text("type") == "Ready")?.Text("status");
        return ClusterNode.Of(name, metadata.TextMap("labels"), ready, status?.Mapping("nodeInfo")?.Text("containerRuntimeVersion"));
    }

    public static NodeReport RuntimeNode(ManifestFields? spec, ManifestFields? status) => new()
    {
        Desired = Hash(spec, "desiredRevision"),
        IsReleased = spec?.Flag("release") == true,
        Current = Hash(status, "currentRevision"),
        Failed = Hash(status, "failedRevision"),
        Phase = status?.Choice<NodePhase>("phase") ?? NodePhase.Pending,
        UpdatedAt = Since(status),
    };

    private static RevisionHash? Hash(ManifestFields? fields, string key)
    {
        if (fields?.Text(key) is not { Length: > 0 } text)
            return null;
        if (!RevisionHash.TryParse(text, out var hash))
            fields.Fail(key, "want 16 lower-case hexadecimal digits");
        return hash;
    }

    private static DateTimeOffset? Since(ManifestFields? status) =>
        status?.Mappings("conditions").FirstOrDefault(condition => condition.Text("type") == nameof(NodePhase.Updated) && condition.Text("status") == "True")?.Text("lastTransitionTime") is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
