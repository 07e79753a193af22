using Ocid.Revisions;

namespace Ocid.Operator.Rollouts;

/// <summary>What a node is to be told now.</summary>
/// <param name="Node">The node.</param>
/// <param name="Revision">What it is to have.</param>
/// <param name="IsHeldBack">Whether this is the last good revision instead of the one that is being rolled out.</param>
internal sealed record Assignment(string Node, RevisionHash Revision, bool IsHeldBack = false);
