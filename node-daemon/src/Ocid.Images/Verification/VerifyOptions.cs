using Ocid.Images.Registry;

namespace Ocid.Images.Verification;

/// <summary>How to verify an image.</summary>
public sealed record VerifyOptions
{
    /// <summary>No registry is asked: its check is skipped, and signatures are those in the store.</summary>
    public bool Offline { get; init; }

    /// <summary>For the image's own registry; without, those that the node knows.</summary>
    public RegistryCredentials? Credentials { get; init; }

    /// <summary>False takes any certificate, and plain HTTP where the registry does not speak TLS; true insists; null leaves it to registries.conf.</summary>
    public bool? TlsVerify { get; init; }

    /// <summary>A policy.json to ask for in place of the node's.</summary>
    public string? SignaturePolicyFile { get; init; }
}
