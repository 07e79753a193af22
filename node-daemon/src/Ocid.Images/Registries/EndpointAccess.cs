using Ocid.Images.Registry;

namespace Ocid.Images.Registries;

/// <summary>What a caller says about how registries are spoken to.</summary>
internal sealed record EndpointAccess
{
    /// <summary>For the host of the reference alone; null: those that the node knows.</summary>
    public RegistryCredentials? Credentials { get; init; }

    /// <summary>False takes any certificate and plain HTTP; true insists on TLS; null leaves it to registries.conf.</summary>
    public bool? TlsVerify { get; init; }
}
