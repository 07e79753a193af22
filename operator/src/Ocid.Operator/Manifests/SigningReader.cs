using Ocid.Cluster.Entities;
using Ocid.Operator.Merging;

namespace Ocid.Operator.Manifests;

/// <summary>Reads what a RuntimeConfig says about signatures.</summary>
internal static class SigningReader
{
    /// <summary>Null where it says nothing.</summary>
    public static SigningLayer? Read(ManifestFields? signing)
    {
        if (signing is null)
            return null;
        SigningRequirement? byDefault = signing.Text("default") switch
        {
            null => null,
            "InsecureAcceptAnything" => new SigningRequirement.Accept(),
            "Reject" => new SigningRequirement.Reject(),
            _ => Refused(signing, "default", "want InsecureAcceptAnything or Reject"),
        };
        var layer = new SigningLayer(byDefault, signing.Flag("enforced"), [.. signing.Mappings("policies").Select(Policy)]);
        signing.RefuseTheRest();
        return layer;
    }

    private static SigningPolicy Policy(ManifestFields item)
    {
        var scopes = item.Texts("scopes") ?? [];
        if (scopes.Count == 0 || scopes.Contains(""))
            item.Fail("scopes", "want at least one host, repository or part of its path");
        var root = item.Mapping("rootOfTrust");
        if (root is null)
            item.Fail("rootOfTrust", "is required");
        var identity = Identity(item.Mapping("signedIdentity"));
        SigningRequirement requirement = root is null ? new SigningRequirement.Reject() : RootOfTrust(root, identity);
        var policy = new SigningPolicy(item.RequiredText("name"), scopes, requirement, item.Texts("namespaces") ?? []);
        item.RefuseTheRest();
        return policy;
    }

    private static SigningRequirement.Signed RootOfTrust(ManifestFields root, SignedIdentity identity)
    {
        var type = root.Choice<TrustType>("policyType");
        if (!root.Has("policyType"))
            root.Fail("policyType", "is required");
        var (member, data, reference) = type == TrustType.GPG ? ("gpg", "keyRing", "keyRingRef") : ("publicKey", "keyData", "keyRef");
        var keys = root.Mapping(member);
        if (keys is null)
            root.Fail(member, "is required");
        var key = new SigningKey(keys?.Text(data), ReferenceReader.Content(keys?.Mapping(reference), ContentKind.Secret));
        if (keys is not null && (key.Data is null) == (key.Reference is null))
            keys.Fail(data, $"want exactly one of {data} and {reference}");
        keys?.RefuseTheRest();
        root.RefuseTheRest();
        return new SigningRequirement.Signed(type ?? TrustType.PublicKey, key, identity);
    }

    private static SignedIdentity Identity(ManifestFields? identity)
    {
        if (identity is null)
            return new SignedIdentity();
        var match = identity.Choice<IdentityMatch>("matchPolicy") ?? IdentityMatch.MatchRepoDigestOrExact;
        var read = match switch
        {
            IdentityMatch.ExactReference => new SignedIdentity(match, identity.RequiredText("exactReference")),
            IdentityMatch.ExactRepository => new SignedIdentity(match, identity.RequiredText("exactRepository")),
            IdentityMatch.RemapIdentity => new SignedIdentity(match, identity.RequiredText("prefix"), identity.RequiredText("signedPrefix")),
            _ => new SignedIdentity(match),
        };
        identity.RefuseTheRest();
        return read;
    }

    private static SigningRequirement? Refused(ManifestFields fields, string key, string reason)
    {
        fields.Fail(key, reason);
        return null;
    }
}
