using Ocid.Images.Manifests;
using Ocid.Images.Registry;

namespace Ocid.Images.Pulling;

/// <summary>How to pull an image.</summary>
public sealed record PullOptions
{
    /// <summary>For a registry that wants them; anonymous without.</summary>
    public RegistryCredentials? Credentials { get; init; }

    /// <summary>False takes any certificate, and plain HTTP where the registry does not speak TLS.</summary>
    public bool TlsVerify { get; init; } = true;

    /// <summary>What to choose from an image of several platforms; this machine's without.</summary>
    public Platform? Platform { get; init; }
}
