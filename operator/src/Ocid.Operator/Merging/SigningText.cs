using Ocid.Cluster.Entities;

namespace Ocid.Operator.Merging;

/// <summary>A rule about signatures in one line, for people.</summary>
internal static class SigningText
{
    public static string Of(SigningRule rule) => string.Join(" and ", rule.Requirements.Select(Of));

    public static string Of(SigningRequirement requirement) => requirement switch
    {
        SigningRequirement.Accept => "accept anything",
        SigningRequirement.Reject => "reject",
        SigningRequirement.Signed { Type: TrustType.GPG } signed => $"signed by GPG key {Of(signed.Key)}, {signed.Identity.Match}",
        SigningRequirement.Signed signed => $"signed by public key {Of(signed.Key)}, {signed.Identity.Match}",
        _ => throw new ArgumentException($"unknown requirement {requirement}", nameof(requirement)),
    };

    private static string Of(SigningKey key) => key.Reference is { } reference ? $"of {reference}" : "given in place";
}
