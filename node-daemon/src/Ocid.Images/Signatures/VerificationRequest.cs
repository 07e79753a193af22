using Ocid.Images.Manifests;
using Ocid.Images.Registry;

namespace Ocid.Images.Signatures;

/// <summary>How to check the signatures of an image.</summary>
public sealed record VerificationRequest
{
    /// <summary>A public key that must have signed: PEM for sigstore, else OpenPGP. Without, a policy decides.</summary>
    public string? KeyFile { get; init; }

    /// <summary>With a key: the name or repository that must have been signed, in place of the one asked for.</summary>
    public string? Identity { get; init; }

    /// <summary>A policy.json in place of the node's.</summary>
    public string? PolicyFile { get; init; }

    /// <summary>The Kubernetes namespace whose policy counts.</summary>
    public string? Namespace { get; init; }

    /// <summary>A manifest in a file, in place of the registry's; then <see cref="SignatureFile"/> too.</summary>
    public string? ManifestFile { get; init; }

    /// <summary>The one signature to check, in place of those that are found.</summary>
    public string? SignatureFile { get; init; }

    /// <summary>Of an image of several platforms; this machine's without.</summary>
    public Platform? Platform { get; init; }

    /// <summary>For the image's registry; without, those that the node knows.</summary>
    public RegistryCredentials? Credentials { get; init; }

    /// <summary>False takes any certificate, and plain HTTP where the registry does not speak TLS; null leaves it to registries.conf.</summary>
    public bool? TlsVerify { get; init; }
}
