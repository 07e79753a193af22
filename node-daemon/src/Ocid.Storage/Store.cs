using Microsoft.Extensions.Logging;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Ocid.Storage.Checking;
using Ocid.Storage.Containers;
using Ocid.Storage.Drivers;
using Ocid.Storage.Images;
using Ocid.Storage.Layers;
using Ocid.Storage.Overlay;
using Ocid.Storage.Records;
using Ocid.Storage.Vfs;

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
    private readonly DiskReserve _reserve;
    private readonly StoreLocks _locks;
    private readonly ILayerDriver _driver;
    private readonly StagingArea _staging;
    private readonly IReadOnlyList<StagingArea> _areas;
    private readonly LayerRecords _layers;
    private readonly ImageRecords _images;
    private readonly ContainerRecords _containers;
    private readonly MountPoints _mounts;
    private readonly ILogger _logger;

    private Store(StoreOptions options, ILogger logger)
    {
        var durable = options.Durability != Durability.None;
        (_options, _logger) = (options, logger);
        _paths = new StorePaths(options);
        _reserve = new DiskReserve(_paths.Reserve);
        _locks = new StoreLocks(options.LockWaited, logger);
        _driver = options.Driver == "vfs" ? new VfsDriver(_paths, durable) : new OverlayDriver(_paths, options.MountOptions, durable, _reserve);
        _areas = [.. _paths.WritableHomes.Select(home => new StagingArea(_paths, home, options.KeepStaged, options.MostPartialBlobs, SweepLater, _reserve))];
        _staging = _areas[^1];
        _layers = new LayerRecords(_paths, _driver, durable, options.Reached, _locks, _reserve);
        _images = new ImageRecords(_paths, durable, _locks, _reserve);
        _containers = new ContainerRecords(_paths, durable, _locks, _reserve);
        _mounts = new MountPoints(_paths, _driver, _locks, _reserve);
        _device = new Lazy<string>(() => MountTable.Holding(options.Root)?.Source ?? "");
    }

    /// <summary>The store's root directory.</summary>
    public string Root => _options.Root;

    /// <summary>The name of the storage driver.</summary>
    public string Driver => _options.Driver;

    /// <summary>The images, as they are now, those of additional read-only stores last. The same list as long as nothing changes.</summary>
    public IReadOnlyList<ImageRecord> Images => _images.Set.Now.All;

    /// <summary>The layers that are whole, as they are now, those of additional read-only stores last. The same list as long as nothing changes.</summary>
    public IReadOnlyList<LayerRecord> Layers => _layers.Whole;

    /// <summary>The containers, as they are now, whoever made them.</summary>
    public IReadOnlyList<ContainerRecord> Containers => _containers.Set.Now.All;

    /// <summary>Opens a store, made where it does not exist, and removes what crashed processes left half done, without waiting for a lock that is held.</summary>
    /// <exception cref="OcidException">InvalidArgument: a driver that is not supported, with what to use instead; a relative path.</exception>
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
    public LayerRecord? FindLayer(LayerId id) => _layers.Set.Now.Find(id.Value) is { Incomplete: false } layer ? layer : null;

    /// <summary>The image of this id, if it is in the store.</summary>
    public ImageRecord? FindImage(ImageId id) => _images.Set.Now.Find(id.Value);

    /// <summary>Reads what other processes wrote. The lists do so by themselves; this does it off the caller's thread.</summary>
    public Task RefreshAsync(CancellationToken ct) => OwnThread.RunAsync(() => _ = (Images, Layers, Containers), ct);

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

    private Discarded Discard() => new(_areas);

    private void Prepare()
    {
        _paths.Create();
        _driver.Prepare();
        _reserve.Fill();
        if (_areas.Select(area => area.RemoveLeftovers()).ToList().Contains(true))
            SweepLater();
        using var layers = _layers.Set.TryLock();
        if (layers is null)
            return;
        using var images = _images.Set.TryLock();
        if (images is null)
            return;
        using var containers = _containers.Set.TryLock();
        if (containers is null)
            return;
        // With the locks held, what is read as the lists are is what there is; they are then in memory for whoever lists.
        var (recordedLayers, recordedImages, recordedContainers) = (_layers.Set.Now, _images.Set.Now, _containers.Set.Now);
        foreach (var left in new UnrecordedData(_paths, id => recordedLayers.Find(id) is not null, id => recordedImages.Find(id) is not null, id => recordedContainers.Find(id) is not null).Find())
            left.Repair!();
        RemoveHalfMade(layers);
    }

    private void RemoveHalfMade(RecordLocks held)
    {
        var owned = Containers.Select(container => container.Layer).ToHashSet();
        var orphans = Layers.Where(layer => layer.Metadata.StartsWith(WritableLayerMark, StringComparison.Ordinal) && !owned.Contains(layer.Id)).ToList();
        if (orphans.Count == 0 && _layers.Set.Now.All.All(layer => !layer.Incomplete))
            return;
        using var discarded = Discard();
        var records = _layers.Load(held, discarded);
        foreach (var orphan in orphans)
        {
            LogOrphan(orphan.Id);
            _layers.Delete(records, orphan.Id, discarded);
        }
    }
}
