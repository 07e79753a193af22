using System.ComponentModel;
using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>For which name a signature has to be.</summary>
public sealed class SignedIdentitySpec
{
    /// <summary>The rule, as in containers-policy.json(5).</summary>
    [DefaultValue(IdentityMatch.MatchRepoDigestOrExact)]
    public IdentityMatch MatchPolicy { get; set; }

    /// <summary>The one reference.</summary>
    [Length(1, 512)]
    public string? ExactReference { get; set; }

    /// <summary>The one repository.</summary>
    [Length(1, 512)]
    public string? ExactRepository { get; set; }

    /// <summary>What the image's name begins with.</summary>
    [Length(1, 512)]
    public string? Prefix { get; set; }

    /// <summary>What it began with when it was signed.</summary>
    [Length(1, 512)]
    public string? SignedPrefix { get; set; }
}
