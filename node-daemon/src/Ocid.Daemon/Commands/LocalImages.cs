using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Daemon.Serve;
using Ocid.Images.Catalog;
using Ocid.Images.Inspection;
using Ocid.Images.Policy;
using Ocid.Images.Pulling;
using Ocid.Images.Pushing;
using Ocid.Images.Registries;
using Ocid.Images.Verification;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Daemon.Commands;

/// <summary>The store of this node, opened by a verb: no daemon is needed, and one may run beside it.</summary>
internal sealed class LocalImages : IAsyncDisposable
{
    private readonly Store _store;
    private readonly ImageRegistries _registries;
    private readonly SignaturePolicy _policy;
    private readonly TimeSpan _progressTimeout;

    private LocalImages(Store store, ImageRegistries registries, SignaturePolicy policy, TimeSpan progressTimeout) =>
        (_store, _registries, _policy, _progressTimeout, Catalog) = (store, registries, policy, progressTimeout, new ImageCatalog(store, registries));

    public ImageCatalog Catalog { get; }

    public Store Store => _store;

    public ImageRegistries Registries => _registries;

    public static async Task<LocalImages> OpenAsync(CommandContext context, ParseResult parsed, IEnumerable<(Option<string?>, string)> flags, CancellationToken ct, RegistryFlags? registryFlags = null)
    {
        var options = context.Configuration(parsed, FlagValues.Read(parsed, flags)).Options;
        var store = await OpenStoreAsync(NodeParts.StoreOptions(options.Storage), ct).ConfigureAwait(false);
        var registries = registryFlags?.Open(parsed, options.Images) ?? new ImageRegistries(UserRegistries.Options(options.Images, Environment.GetEnvironmentVariable), NullLoggerFactory.Instance);
        return new LocalImages(store, registries, NodeParts.SignaturePolicy(options.Images, NullLoggerFactory.Instance), options.Images.PullProgressTimeout);
    }

    /// <summary>The image of a name, an id, or the beginning of one.</summary>
    /// <exception cref="OcidException">NotFound: there is none.</exception>
    public async Task<LocalImage> FindAsync(string name, CancellationToken ct) =>
        await Catalog.FindAsync(name, ct).ConfigureAwait(false) ?? throw new OcidException(ErrorKind.NotFound, $"no image {Quoted.Text(name)} in this node's store: ocid images lists what is there");

    /// <summary>What a name may mean, in the order in which it is tried.</summary>
    public IReadOnlyList<ImageReference> Candidates(string name) => _registries.Candidates(name);

    /// <summary>The ids of the images that a container uses, whoever runs it.</summary>
    public IReadOnlyList<string> InUse => [.. _store.Containers.Select(container => container.ImageId).Where(id => id.Length > 0).Distinct()];

    public ImagePuller Puller() => new(_store, _registries, _policy, NullLoggerFactory.Instance) { ProgressTimeout = _progressTimeout };

    public ImagePusher Pusher() => new(_store, _registries, NullLoggerFactory.Instance);

    public ImageInspector Inspector() => new(_store, _registries);

    public ImageVerifier Verifier() => new(_store, _registries, _policy);

    public ValueTask DisposeAsync()
    {
        _registries.Dispose();
        return _store.DisposeAsync();
    }

    private static async Task<Store> OpenStoreAsync(StoreOptions options, CancellationToken ct)
    {
        try
        {
            return await Store.OpenAsync(options, NullLoggerFactory.Instance, ct).ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new OcidException(ErrorKind.PermissionDenied, $"the store {options.Root} is root's: run it as root, or name another with --root and --runroot", denied);
        }
    }
}
