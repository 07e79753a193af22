using System.Collections.Concurrent;
using Ocid.Linux;
using Ocid.Storage.Overlay;

namespace Ocid.Storage;

public sealed partial class Store
{
    private readonly ConcurrentDictionary<LayerId, (long Bytes, long Inodes)> _measured = new();
    private readonly ConcurrentDictionary<string, MeasuredLayer> _written = new(StringComparer.Ordinal);
    private readonly Lazy<string> _device;

    /// <summary>Where the file system that holds the store is mounted from, for example <c>/dev/sda2</c>.</summary>
    public string Device => _device.Value;

    /// <summary>What all layers take. A layer of an image never changes and is measured once; a writable one each time.</summary>
    public Task<StorageUsage> UsageAsync(CancellationToken ct) => OwnThread.RunAsync(
        () =>
        {
            var (bytes, inodes) = (0L, 0L);
            // What a read-only store has takes nothing of this one.
            var layers = Layers.Where(layer => _layers.Set.FindReadOnly(layer.Id.Value) is null).ToList();
            foreach (var layer in layers)
            {
                ct.ThrowIfCancellationRequested();
                var usage = layer.DiffId is null
                    ? TreeUsage.Of(_driver.Diff(layer.Id))
                    : _measured.GetOrAdd(layer.Id, static (id, driver) => TreeUsage.Of(driver.Diff(id)), _driver);
                (bytes, inodes) = (bytes + usage.Bytes, inodes + usage.Inodes);
            }

            foreach (var gone in _measured.Keys.Except(layers.Select(layer => layer.Id)).ToList())
                _measured.TryRemove(gone, out _);
            return new StorageUsage(_options.Root, bytes, inodes);
        },
        ct);

    /// <summary>The file system that holds the store.</summary>
    public Task<FileSystemUsage> FileSystemUsageAsync(CancellationToken ct) => OwnThread.RunAsync(() => FileSystems.Usage(_options.Root), ct);
}
