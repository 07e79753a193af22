namespace Ocid.Operator.Merging;

/// <summary>The rules of policy.json for the name in a signature.</summary>
internal enum IdentityMatch
{
    MatchRepoDigestOrExact,
    MatchExact,
    MatchRepository,
    ExactReference,
    ExactRepository,
    RemapIdentity,
}
