namespace Ocid.Cluster.Entities;

/// <summary>The rules of policy.json for the name in a signature.</summary>
public enum IdentityMatch
{
    /// <summary>The same reference, or the repository where the image is named by digest.</summary>
    MatchRepoDigestOrExact,

    /// <summary>The same reference.</summary>
    MatchExact,

    /// <summary>The same repository.</summary>
    MatchRepository,

    /// <summary>One reference.</summary>
    ExactReference,

    /// <summary>One repository.</summary>
    ExactRepository,

    /// <summary>The reference with its prefix exchanged.</summary>
    RemapIdentity,
}
