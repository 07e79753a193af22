using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Credentials;

/// <summary>What a caller gave for one image, before what the node knows. It goes to one host, and to no mirror of another.</summary>
/// <param name="given">The caller's.</param>
/// <param name="asked">The image that it was given for: its host is the one, where the credentials name no other.</param>
/// <param name="otherwise">The node's, for every other host.</param>
internal sealed class GivenCredentials(RegistryCredentials given, ImageReference asked, ICredentialSource otherwise) : ICredentialSource
{
    private readonly string _host = given.Server is { Length: > 0 } server ? RegistryKey.HostOf(server) : asked.Domain;

    /// <inheritdoc/>
    public ValueTask<RegistryCredentials?> FindAsync(ImageReference endpoint, CancellationToken ct) =>
        endpoint.Domain == _host ? ValueTask.FromResult<RegistryCredentials?>(given) : otherwise.FindAsync(endpoint, ct);
}
