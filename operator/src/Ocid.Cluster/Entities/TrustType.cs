namespace Ocid.Cluster.Entities;

/// <summary>How an image is signed.</summary>
public enum TrustType
{
    /// <summary>With a key pair; the signatures are in the registry.</summary>
    PublicKey,

    /// <summary>With GPG.</summary>
    GPG,
}
