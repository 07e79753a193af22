using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Credentials;

/// <summary>The credentials of auth.json files and of the helpers that they name.</summary>
internal sealed class CredentialStore : ICredentialSource
{
    /// <inheritdoc/>
    public ValueTask<RegistryCredentials?> FindAsync(ImageReference endpoint, CancellationToken ct) => ValueTask.FromResult<RegistryCredentials?>(null);
}
