using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Credentials;

/// <summary>What a caller gave for one image, before what the node knows. It goes to one host, and to no mirror of another.</summary>
/// <param name="given">The caller's.</param>
/// <param name="host">The only host that may see them.</param>
/// <param name="otherwise">The node's, for every other host.</param>
internal sealed class GivenCredentials(RegistryCredentials given, string host, ICredentialSource otherwise) : ICredentialSource
{
    /// <inheritdoc/>
    public ValueTask<RegistryCredentials?> FindAsync(ImageReference endpoint, CancellationToken ct) =>
        endpoint.Domain == host ? ValueTask.FromResult<RegistryCredentials?>(given) : otherwise.FindAsync(endpoint, ct);
}
