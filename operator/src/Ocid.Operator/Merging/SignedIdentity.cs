using Ocid.Cluster.Entities;

namespace Ocid.Operator.Merging;

/// <summary>For which name a signature has to be.</summary>
/// <param name="Match">The rule.</param>
/// <param name="Name">The reference, the repository or the prefix that the rule speaks of, for those that do.</param>
/// <param name="SignedPrefix">What the prefix was when it was signed, for a remapped identity.</param>
internal sealed record SignedIdentity(IdentityMatch Match = IdentityMatch.MatchRepoDigestOrExact, string? Name = null, string? SignedPrefix = null);
