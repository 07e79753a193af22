using Microsoft.Extensions.Logging;
using Ocid.Images.Credentials;
using Ocid.Images.Manifests;
using Ocid.Images.Registries;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Pulling;

/// <summary>An image at the endpoint that serves it.</summary>
internal sealed partial class ImageSource : IDisposable
{
    private ImageSource(ImageReference asked, PullEndpoint endpoint, RegistryClient registry, ManifestDocument named) =>
        (Asked, Endpoint, Registry, Named) = (asked, endpoint, registry, named);

    /// <summary>What was asked for, by its own name: policies and the store know it by this.</summary>
    public ImageReference Asked { get; }

    /// <summary>Where it comes from.</summary>
    public PullEndpoint Endpoint { get; }

    /// <summary>The repository at that endpoint.</summary>
    public RegistryClient Registry { get; }

    /// <summary>The manifest or list that the endpoint answered for the name.</summary>
    public ManifestDocument Named { get; }

    /// <summary>Opens the image at the first endpoint that answers its manifest.</summary>
    public static async Task<ImageSource> OpenAsync(ImageRegistries registries, ImageReference asked, EndpointAccess access, ILogger log, CancellationToken ct)
    {
        var credentials = access.Credentials is { } given ? new GivenCredentials(given, asked.Domain, registries.Credentials) : registries.Credentials;
        var endpoint = registries.List.EndpointsOf(asked)[0];
        var verify = access.TlsVerify ?? !endpoint.Insecure;
        var registry = new RegistryClient(registries.Transport, endpoint.Reference, await credentials.FindAsync(endpoint.Reference, ct), verify, TimeProvider.System);
        try
        {
            var named = await registry.ReadManifestAsync(endpoint.Reference.Digest?.ToString() ?? endpoint.Reference.Tag ?? "latest", ct);
            LogServed(log, asked, endpoint.Reference.Domain);
            registries.Options.Served(endpoint.Reference.Domain);
            return new ImageSource(asked, endpoint, registry, named);
        }
        catch
        {
            registry.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Registry.Dispose();

    [LoggerMessage(Level = LogLevel.Information, Message = "{Reference} is served by {Host}")]
    private static partial void LogServed(ILogger log, ImageReference reference, string host);
}
