using Microsoft.Extensions.Logging;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Ocid.Storage.Containers;
using Ocid.Storage.Images;
using Ocid.Storage.Layers;
using Ocid.Storage.Overlay;

namespace Ocid.Storage;

/// <summary>
/// A store of layers, images and containers in the format of containers/storage, shared with podman, buildah, skopeo and
/// other processes of this program through file locks. The lists come from memory and never wait for a lock; everything that
/// writes waits for the locks in the order of the peers: storage, layers, images, containers, mount points.
/// </summary>
public sealed partial class Store : IAsyncDisposable
{
    private readonly StoreOptions _options;
    private readonly StorePaths _paths;
    private readonly OverlayDirectories _directories;
    private readonly StagingArea _staging;
    private readonly LayerRecords _layers;
    private readonly ImageRecords _images;
    private readonly ContainerRecords _containers;
    private readonly MountPoints _mounts;
    private readonly ILogger _logger;

    private Store(StoreOptions options, ILogger logger)
    {
        var durable = options.Durability != Durability.None;
        (_options, _logger) = (options, logger);
        _paths = new StorePaths(options.Root, options.RunRoot);
        _directories = new OverlayDirectories(_paths, durable);
        _staging = new StagingArea(_paths, options.KeepStaged, SweepLater);
        _layers = new LayerRecords(_paths, _directories, durable, options.Reached);
        _images = new ImageRecords(_paths, durable);
        _containers = new ContainerRecords(_paths, durable);
        _mounts = new MountPoints(_paths, _directories, options.MountOptions);
        _device = new Lazy<string>(() => MountTable.Holding(options.Root)?.Source ?? "");
    }

    /// <summary>The store's root directory.</summary>
    public string Root => _options.Root;

    /// <summary>The images, as they are now.</summary>
    public IReadOnlyList<ImageRecord> Images => _images.File.Current;

    /// <summary>The layers that are whole, as they are now.</summary>
    public IReadOnlyList<LayerRecord> Layers => [.. _layers.File.Current.Where(layer => !layer.Incomplete)];

    /// <summary>The containers, as they are now, whoever made them.</summary>
    public IReadOnlyList<ContainerRecord> Containers => _containers.File.Current;

    /// <summary>Opens a store, made where it does not exist, and removes what crashed processes left half done, without waiting for a lock that is held.</summary>
    /// <exception cref="OcidException">InvalidArgument: another driver than overlay, or a relative path.</exception>
    public static async Task<Store> OpenAsync(StoreOptions options, ILoggerFactory loggers, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        options.Validate();
        var store = new Store(options, loggers.CreateLogger<Store>());
        await OwnThread.RunAsync(store.Prepare, ct);
        return store;
    }

    /// <summary>The layer of this id, if it is in the store and whole.</summary>
    public LayerRecord? FindLayer(LayerId id) => _layers.File.Current.FirstOrDefault(layer => layer.Id == id && !layer.Incomplete);

    /// <summary>The image of this id, if it is in the store.</summary>
    public ImageRecord? FindImage(ImageId id) => _images.File.Current.FirstOrDefault(image => image.Id == id.Value);

    /// <summary>Reads what other processes wrote. The lists do so by themselves; this does it off the caller's thread.</summary>
    public Task RefreshAsync(CancellationToken ct) => OwnThread.RunAsync(() => _ = (Images, _layers.File.Current, Containers), ct);

    /// <summary>Leaves no mount of the store's own, unless a container is still mounted.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopSweepingAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _mounts.ReleaseHomeAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // A peer holds the lock: the mount is of use to it.
        }
    }

    private void Prepare()
    {
        _paths.Create();
        if (_staging.RemoveLeftovers())
            SweepLater();
        using var layers = FileLock.TryAcquire(Path.Combine(_paths.LayersDirectory, "layers.lock"), FileLockMode.Exclusive);
        if (layers is null)
            return;
        using var discarded = _staging.Discard();
        var records = _layers.Load(layers, discarded);
        using var containers = FileLock.TryAcquire(Path.Combine(_paths.ContainersDirectory, "containers.lock"), FileLockMode.Exclusive);
        if (containers is null)
            return;
        var owned = _containers.File.Current.Select(container => container.Layer).ToHashSet();
        foreach (var orphan in records.OfType<System.Text.Json.Nodes.JsonObject>().Select(LayerRecords.Read).OfType<LayerRecord>()
            .Where(layer => layer.Metadata.StartsWith(WritableLayerMark, StringComparison.Ordinal) && !owned.Contains(layer.Id)).ToList())
        {
            LogOrphan(orphan.Id);
            _layers.Delete(layers, records, orphan.Id, discarded);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "removing writable layer {Layer}, whose container was never recorded")]
    private partial void LogOrphan(LayerId layer);
}
