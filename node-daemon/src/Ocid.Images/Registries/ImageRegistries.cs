using Microsoft.Extensions.Logging;
using Ocid.Images.Credentials;
using Ocid.Images.Pulling;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Registries;

/// <summary>The registries as this node knows them: names, mirrors, credentials, connections. One for all that pulls, pushes and looks.</summary>
/// <param name="options">Where the configuration is.</param>
/// <param name="loggers">For which endpoint served what.</param>
public sealed class ImageRegistries(ImageRegistriesOptions options, ILoggerFactory loggers) : IDisposable
{
    private readonly RegistryTransport _transport = new();

    internal ImageRegistriesOptions Options => options;

    internal RegistryTransport Transport => _transport;

    internal RegistryList List { get; } = new(options.InsecureRegistries);

    internal ICredentialSource Credentials { get; } = new CredentialStore();

    /// <summary>Opens an image at the first of its endpoints that has it.</summary>
    internal Task<ImageSource> OpenAsync(ImageReference reference, EndpointAccess access, CancellationToken ct) =>
        ImageSource.OpenAsync(this, reference, access, loggers.CreateLogger<ImageSource>(), ct);

    /// <summary>Ends the connections. Pulls that run are their callers' to cancel first.</summary>
    public void Dispose() => _transport.Dispose();
}
