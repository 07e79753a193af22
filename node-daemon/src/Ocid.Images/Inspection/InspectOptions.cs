using Ocid.Images.Manifests;
using Ocid.Images.Registry;

namespace Ocid.Images.Inspection;

/// <summary>How to look at an image in a registry.</summary>
public sealed record InspectOptions
{
    /// <summary>For the image's own registry; without, those that the node knows.</summary>
    public RegistryCredentials? Credentials { get; init; }

    /// <summary>False takes any certificate, and plain HTTP where the registry does not speak TLS; true insists; null leaves it to registries.conf.</summary>
    public bool? TlsVerify { get; init; }

    /// <summary>What to choose from an image of several platforms; this machine's without.</summary>
    public Platform? Platform { get; init; }

    /// <summary>Whether the tags of the repository are listed: a large one has thousands.</summary>
    public bool ListTags { get; init; } = true;
}
