using Ocid.Images.Registry;

namespace Ocid.Images.Pushing;

/// <summary>How to push an image.</summary>
public sealed record PushOptions
{
    /// <summary>For the destination's registry; without, those that the node knows.</summary>
    public RegistryCredentials? Credentials { get; init; }

    /// <summary>False takes any certificate, and plain HTTP where the registry does not speak TLS; true insists; null leaves it to registries.conf.</summary>
    public bool? TlsVerify { get; init; }

    /// <summary>The kind of manifest; null keeps that of the image.</summary>
    public ManifestFormat? Format { get; init; }
}
