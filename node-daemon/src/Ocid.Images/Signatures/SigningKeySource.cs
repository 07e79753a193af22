namespace Ocid.Images.Signatures;

/// <summary>Which key signs: a file, or one of the user's own GnuPG keys.</summary>
public sealed record SigningKeySource
{
    /// <summary>A file of a private key: encrypted PEM as cosign, skopeo and <c>ocid key generate</c> write it, or an exported OpenPGP key.</summary>
    public string? File { get; init; }

    /// <summary>The fingerprint, or any other name by which GnuPG knows one of the user's keys.</summary>
    public string? GpgKey { get; init; }

    /// <summary>A file whose first line opens the key; null where it is not protected, or where GnuPG's agent asks.</summary>
    public string? PassphraseFile { get; init; }
}
