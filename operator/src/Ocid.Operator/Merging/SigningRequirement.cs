using Ocid.Cluster.Entities;

namespace Ocid.Operator.Merging;

/// <summary>One requirement of a signature policy.</summary>
/// <remarks>https://github.com/containers/image/blob/main/docs/containers-policy.json.5.md</remarks>
internal abstract record SigningRequirement
{
    private SigningRequirement()
    {
    }

    /// <summary>Any image is taken.</summary>
    public sealed record Accept : SigningRequirement;

    /// <summary>None is.</summary>
    public sealed record Reject : SigningRequirement;

    /// <summary>One that a key has signed.</summary>
    /// <param name="Type">How.</param>
    /// <param name="Key">With which key.</param>
    /// <param name="Identity">For which name.</param>
    public sealed record Signed(TrustType Type, SigningKey Key, SignedIdentity Identity) : SigningRequirement;
}
