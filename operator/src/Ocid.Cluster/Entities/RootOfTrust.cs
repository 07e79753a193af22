using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>The keys that are trusted.</summary>
public sealed class RootOfTrust
{
    /// <summary>How the images are signed.</summary>
    [Required]
    public TrustType PolicyType { get; set; }

    /// <summary>The public key, for PublicKey.</summary>
    [ValidationRule("has(self.keyData) != has(self.keyRef)", message: "want exactly one of keyData and keyRef")]
    public PublicKeyTrust? PublicKey { get; set; }

    /// <summary>The key ring, for GPG.</summary>
    [ValidationRule("has(self.keyRing) != has(self.keyRingRef)", message: "want exactly one of keyRing and keyRingRef")]
    public GpgTrust? Gpg { get; set; }
}
