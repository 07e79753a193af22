using Ocid.Images.Registry;

namespace Ocid.Images.Signatures;

/// <summary>How to sign an image.</summary>
public sealed record SigningRequest
{
    /// <summary>With which key.</summary>
    public required SigningKeySource Key { get; init; }

    /// <summary>The name to sign it for, where that is not the one that it is found by: what nodes ask for when a mirror serves them.</summary>
    public string? Identity { get; init; }

    /// <summary>The manifest to sign, in place of those that the registry has; then the signature needs <see cref="OutputFile"/>.</summary>
    public string? ManifestFile { get; init; }

    /// <summary>The file to write the signature to, in place of the lookaside store or the registry.</summary>
    public string? OutputFile { get; init; }

    /// <summary>For the image's registry; without, those that the node knows.</summary>
    public RegistryCredentials? Credentials { get; init; }

    /// <summary>False takes any certificate, and plain HTTP where the registry does not speak TLS; null leaves it to registries.conf.</summary>
    public bool? TlsVerify { get; init; }
}
