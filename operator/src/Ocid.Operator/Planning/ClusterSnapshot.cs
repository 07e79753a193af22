using Ocid.Operator.Merging;
using Ocid.Operator.Rendering;
using Ocid.Revisions;

namespace Ocid.Operator.Planning;

/// <summary>All that decisions are made from, as it was at one time.</summary>
internal sealed record ClusterSnapshot
{
    /// <summary>The RuntimeConfigs.</summary>
    public required IReadOnlyList<Layer> Configs { get; init; }

    public required IReadOnlyList<ClusterNode> Nodes { get; init; }

    /// <summary>The Secrets and ConfigMaps of the release's namespace.</summary>
    public required IReferencedContents Contents { get; init; }

    /// <summary>The revisions that are still kept.</summary>
    public IReadOnlyDictionary<RevisionHash, Revision> Revisions { get; init; } = new Dictionary<RevisionHash, Revision>();

    /// <summary>The images that no revision may keep from a node.</summary>
    public IReadOnlyList<ProtectedImage> Protected { get; init; } = [];
}
