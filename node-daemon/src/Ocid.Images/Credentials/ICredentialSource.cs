using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Credentials;

/// <summary>Knows what to prove oneself to registries with.</summary>
internal interface ICredentialSource
{
    /// <summary>The credentials for an endpoint's own host and path; null where there are none.</summary>
    ValueTask<RegistryCredentials?> FindAsync(ImageReference endpoint, CancellationToken ct);
}
