using Microsoft.Extensions.Logging;
using Ocid.Images.Manifests;
using Ocid.Images.Registries;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Pulling;

/// <summary>An image at the endpoint that serves it.</summary>
internal sealed partial class ImageSource : IBlobSource, IDisposable
{
    private readonly IReadOnlyList<Lazy<Task<RegistryClient>>> _others;
    private readonly ILogger _log;

    private ImageSource(ImageReference asked, PullEndpoint endpoint, RegistryClient registry, ManifestDocument named, IReadOnlyList<Lazy<Task<RegistryClient>>> others, ILogger log) =>
        (Asked, Endpoint, Registry, Named, _others, _log) = (asked, endpoint, registry, named, others, log);

    /// <summary>What was asked for, by its own name: policies and the store know it by this.</summary>
    public ImageReference Asked { get; }

    /// <summary>Where it comes from.</summary>
    public PullEndpoint Endpoint { get; }

    /// <summary>The repository at that endpoint.</summary>
    public RegistryClient Registry { get; }

    /// <summary>The manifest or list that the endpoint answered for the name.</summary>
    public ManifestDocument Named { get; }

    /// <summary>Opens the image at the first endpoint that answers its manifest: mirrors in their order, then its own location.</summary>
    /// <exception cref="OcidException">No endpoint has it: of the kind of the last one's failure, with every endpoint's reason.</exception>
    public static async Task<ImageSource> OpenAsync(ImageRegistries registries, ImageReference asked, EndpointAccess access, ILogger log, CancellationToken ct)
    {
        var endpoints = registries.List.EndpointsOf(asked);
        var failures = new List<string>();
        for (var at = 0; ; at++)
        {
            var isLast = at == endpoints.Count - 1;
            try
            {
                return await OpenAtAsync(endpoints, at, end => registries.ConnectAsync(end, asked, access, RegistryAccess.Pull, ct), asked, registries.Options.Served, log, ct);
            }
            catch (OcidException failure) when (!isLast)
            {
                failures.Add($"{endpoints[at].Reference}: {failure.Message}");
                LogPassedOver(log, asked, endpoints[at].Reference, failure.Message);
            }
            catch (OcidException failure) when (failures.Count > 0)
            {
                throw new OcidException(failure.Kind, $"{failure.Message}; before it {string.Join("; ", failures)}", failure);
            }
        }
    }

    /// <summary>Reads one image of a list, from the endpoints behind this one where it does not have it.</summary>
    public Task<ManifestDocument> ReadManifestAsync(Digest digest, CancellationToken ct) =>
        FirstAsync($"manifest {digest}", registry => registry.ReadManifestAsync(digest.ToString(), ct));

    /// <summary>As <see cref="RegistryClient.ReadBlobAsync"/>, from the endpoints behind this one where it does not have the blob.</summary>
    public Task<byte[]> ReadBlobAsync(Descriptor blob, CancellationToken ct) => FirstAsync($"blob {blob.Digest}", registry => registry.ReadBlobAsync(blob, ct));

    /// <inheritdoc/>
    public Task<HttpResponseMessage> OpenBlobAsync(Descriptor blob, long offset, CancellationToken ct) =>
        FirstAsync($"blob {blob.Digest}", registry => registry.OpenBlobAsync(blob, offset, ct));

    /// <inheritdoc/>
    public Task<HttpResponseMessage> OpenBlobAsync(Descriptor blob, long offset, long length, CancellationToken ct) =>
        FirstAsync($"blob {blob.Digest}", registry => registry.OpenBlobAsync(blob, offset, length, ct));

    /// <inheritdoc/>
    public void Dispose()
    {
        Registry.Dispose();
        foreach (var other in _others.Where(other => other is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
            other.Value.Result.Dispose();
    }

    private static string NameAt(PullEndpoint endpoint) => endpoint.Reference.Digest?.ToString() ?? endpoint.Reference.Tag ?? "latest";

    private static async Task<ImageSource> OpenAtAsync(
        IReadOnlyList<PullEndpoint> endpoints, int at, Func<PullEndpoint, Task<RegistryClient>> connect, ImageReference asked, Action<string> served, ILogger log, CancellationToken ct)
    {
        var endpoint = endpoints[at];
        var registry = await connect(endpoint);
        try
        {
            var named = await registry.ReadManifestAsync(NameAt(endpoint), ct, patiently: at == endpoints.Count - 1);
            LogServed(log, asked, endpoint.Reference.Domain, at + 1, endpoints.Count);
            served(endpoint.Reference.Domain);
            return new ImageSource(asked, endpoint, registry, named, [.. endpoints.Skip(at + 1).Select(other => new Lazy<Task<RegistryClient>>(() => connect(other)))], log);
        }
        catch
        {
            registry.Dispose();
            throw;
        }
    }

    // Whoever gives it, its digest is checked: a mirror that was filled half is no reason to fail.
    private async Task<T> FirstAsync<T>(string what, Func<RegistryClient, Task<T>> ask)
    {
        var registry = Registry;
        for (var next = 0; ; next++)
        {
            try
            {
                return await ask(registry);
            }
            catch (OcidException missing) when (next < _others.Count && missing.Kind is (ErrorKind.NotFound or ErrorKind.PermissionDenied or ErrorKind.Unavailable))
            {
                LogElsewhere(_log, what, Asked, missing.Message);
                registry = await _others[next].Value;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Reference} is served by {Host}, endpoint {Number} of {Count}")]
    private static partial void LogServed(ILogger log, ImageReference reference, string host, int number, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Reference} is not served by {Endpoint}: {Reason}")]
    private static partial void LogPassedOver(ILogger log, ImageReference reference, ImageReference endpoint, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{What} of {Reference} is asked for at the next endpoint: {Reason}")]
    private static partial void LogElsewhere(ILogger log, string what, ImageReference reference, string reason);
}
