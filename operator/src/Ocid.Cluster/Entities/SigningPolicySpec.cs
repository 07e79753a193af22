using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>What the images of some scopes have to be signed with.</summary>
public sealed class SigningPolicySpec
{
    /// <summary>The policy's name, for messages.</summary>
    [Required]
    [Length(1, 63)]
    [Pattern(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")]
    public string Name { get; set; } = "";

    /// <summary>Hosts, or repositories, or parts of their path.</summary>
    [Required]
    [Items(1, 32)]
    [ItemLength(1, 253)]
    [ValidationRule("self.all(s, !s.contains('://'))", message: "want hosts or repositories, without http:// or https://")]
    public IList<string> Scopes { get; set; } = [];

    /// <summary>The keys that are trusted.</summary>
    [Required]
    [ValidationRule("has(self.publicKey) == (self.policyType == 'PublicKey')", message: "publicKey belongs to policyType PublicKey, and is required there")]
    [ValidationRule("has(self.gpg) == (self.policyType == 'GPG')", message: "gpg belongs to policyType GPG, and is required there")]
    public RootOfTrust RootOfTrust { get; set; } = new();

    /// <summary>For which name a signature has to be.</summary>
    [ValidationRule("has(self.exactReference) == (self.matchPolicy == 'ExactReference')", message: "exactReference belongs to matchPolicy ExactReference, and is required there")]
    [ValidationRule("has(self.exactRepository) == (self.matchPolicy == 'ExactRepository')", message: "exactRepository belongs to matchPolicy ExactRepository, and is required there")]
    [ValidationRule("has(self.prefix) == (self.matchPolicy == 'RemapIdentity')", message: "prefix belongs to matchPolicy RemapIdentity, and is required there")]
    [ValidationRule("has(self.signedPrefix) == (self.matchPolicy == 'RemapIdentity')", message: "signedPrefix belongs to matchPolicy RemapIdentity, and is required there")]
    public SignedIdentitySpec? SignedIdentity { get; set; }

    /// <summary>The Kubernetes namespaces whose pods this is for; none: all of the node.</summary>
    [Items(0, 64)]
    [ItemLength(1, 63)]
    public IList<string>? Namespaces { get; set; }
}
