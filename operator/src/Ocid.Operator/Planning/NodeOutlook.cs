using Ocid.Operator.Merging;
using Ocid.Revisions;

namespace Ocid.Operator.Planning;

/// <summary>What a node is to have.</summary>
/// <param name="Node">The node.</param>
/// <param name="Configuration">What the RuntimeConfigs that match it say together.</param>
/// <param name="Target">The revision; null where it keeps what it has, because of a problem.</param>
/// <param name="Problems">What is wrong.</param>
internal sealed record NodeOutlook(ClusterNode Node, EffectiveConfiguration Configuration, Revision? Target, IReadOnlyList<MergeProblem> Problems)
{
    /// <summary>The RuntimeConfig that says how changes reach the node.</summary>
    public Layer Leading => Configuration.Layers[0];
}
