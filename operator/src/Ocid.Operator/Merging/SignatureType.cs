namespace Ocid.Operator.Merging;

/// <summary>How an image is signed.</summary>
internal enum SignatureType
{
    /// <summary>With a key pair, as cosign does; the signatures are in the registry.</summary>
    PublicKey,

    /// <summary>With GPG; the signatures are where registries.d says.</summary>
    Gpg,
}
