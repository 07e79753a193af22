using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Daemon.Configuration;
using Ocid.Images.Catalog;
using Ocid.Images.Pulling;
using Ocid.Storage;

namespace Ocid.Daemon.Commands;

/// <summary>The store of this node, opened by a verb: no daemon is needed, and one may run beside it.</summary>
internal sealed class LocalImages : IAsyncDisposable
{
    private readonly Store _store;

    private LocalImages(Store store) => (_store, Catalog) = (store, new ImageCatalog(store));

    public ImageCatalog Catalog { get; }

    public static async Task<LocalImages> OpenAsync(CommandContext context, ParseResult parsed, IEnumerable<(Option<string?>, string)> flags, CancellationToken ct)
    {
        var options = context.Configuration(parsed, FlagValues.Read(parsed, flags)).Options.Storage;
        return new LocalImages(await Store.OpenAsync(StoreOptionsOf(options), NullLoggerFactory.Instance, ct).ConfigureAwait(false));
    }

    public ImagePuller Puller() => new(_store, NullLoggerFactory.Instance);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static StoreOptions StoreOptionsOf(StorageOptions options) => new()
    {
        Root = options.Root,
        RunRoot = options.RunRoot,
        Driver = options.Driver,
        MountOptions = options.MountOptions,
        Durability = options.Durable ? Durability.Syncfs : Durability.None,
    };
}
