using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Ocid.Storage.Overlay;
using Ocid.Storage.Pruning;

namespace Ocid.Storage;

public sealed partial class Store
{
    /// <summary>What images and containers take, and what of it could be free. Walks the writable layers, and those of images that were not measured yet.</summary>
    public Task<StoreUsage> MeasureAsync(CancellationToken ct) => OwnThread.RunAsync(
        () =>
        {
            var (images, layers, containers, counts) = (Images.Where(image => image.ReadOnlyStore is null).ToList(), Layers, Containers, _mounts.Counts);
            var writable = containers.Select(container => container.Layer).ToHashSet();
            var used = containers.Select(container => container.ImageId).ToHashSet(StringComparer.Ordinal);
            var kept = containers.SelectMany(container => Chain(container.Layer)).Concat(images.Where(image => used.Contains(image.Id)).SelectMany(image => Chain(image.TopLayer))).ToHashSet();
            var (bytes, reclaimable) = (0L, 0L);
            foreach (var layer in layers.Where(layer => !writable.Contains(layer.Id) && layer.ReadOnlyStore is null))
            {
                ct.ThrowIfCancellationRequested();
                var size = _measured.GetOrAdd(layer.Id, static (id, driver) => TreeUsage.Of(driver.Diff(id)), _driver).Bytes;
                (bytes, reclaimable) = (bytes + size, reclaimable + (kept.Contains(layer.Id) ? 0 : size));
            }

            var written = containers.Select(container => (Mounted: counts.GetValueOrDefault(container.Layer.Value) > 0, TreeUsage.Of(_driver.Diff(container.Layer)).Bytes)).ToList();
            return new StoreUsage(
                new KindUsage(images.Count, images.Count(image => used.Contains(image.Id)), bytes, reclaimable),
                new KindUsage(written.Count, written.Count(container => container.Mounted), written.Sum(container => container.Bytes), written.Where(container => !container.Mounted).Sum(container => container.Bytes)),
                FileSystems.Usage(_paths.ImageRoot));
        },
        ct);

    /// <summary>Removes images by a policy, the oldest first.</summary>
    /// <param name="policy">Which.</param>
    /// <param name="dryRun">Removes nothing, and of watermarks looks at the upper one only.</param>
    /// <param name="ct">Cancels, between images.</param>
    /// <returns>What was removed, or would be.</returns>
    public async Task<IReadOnlyList<PruneCandidate>> PruneAsync(PrunePolicy policy, bool dryRun, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Above is { } above && (above is < 0 or > 100 || policy.DownTo < 0 || policy.DownTo > above))
            throw new OcidException(ErrorKind.InvalidArgument, $"prune: want watermarks from 0 to 100 percent, the lower one below the upper, found {above} and {policy.DownTo}");
        if (policy.Above is { } high && await UsedPercentAsync(ct) <= high)
            return [];
        var removed = new List<PruneCandidate>();
        foreach (var candidate in PruneChoice.Of(policy, Images, Containers, FindLayer, DateTimeOffset.UtcNow))
        {
            if (!dryRun && policy.Above is not null && await UsedPercentAsync(ct) <= policy.DownTo)
                break;
            if (dryRun || await TryDeleteAsync(candidate.Id, ct))
                removed.Add(candidate);
        }

        return removed;
    }

    /// <summary>Removes everything from the store, whoever made it.</summary>
    /// <param name="force">Also containers that are mounted, which then lose their root file system.</param>
    /// <param name="ct">Cancels the wait for locks.</param>
    /// <exception cref="OcidException">FailedPrecondition: a container is mounted, which the message names.</exception>
    public async Task WipeAsync(bool force, CancellationToken ct)
    {
        await using (var discarded = Discard())
        {
            using var storage = await _locks.AcquireAsync(_paths.StorageLock, ct);
            using var layers = await _layers.Set.LockAsync(ct);
            using var images = await _images.Set.LockAsync(ct);
            using var containers = await _containers.Set.LockAsync(ct);
            var mounted = Containers.Where(container => _mounts.Counts.GetValueOrDefault(container.Layer.Value) > 0).ToList();
            if (mounted.Count > 0 && !force)
                throw new OcidException(ErrorKind.FailedPrecondition, $"wipe {Root}: mounted: {string.Join(", ", mounted.Select(container => container.Names.Count > 0 ? container.Names[0] : container.Id.Value))}");
            foreach (var container in mounted)
                await HideAsync(container, ct);
            await OwnThread.RunAsync(
                () =>
                {
                    var containerRecords = _containers.Set.Load(containers);
                    foreach (var container in Containers)
                        _containers.Delete(containerRecords, container.Id);
                    var imageRecords = _images.Set.Load(images);
                    foreach (var image in imageRecords.All.ToList())
                        _images.Delete(imageRecords, image);
                    _layers.DeleteAll(_layers.Set.Load(layers), discarded);
                },
                CancellationToken.None);
        }

        await RepairAsync(ct);
    }

    private async Task HideAsync(ContainerRecord container, CancellationToken ct)
    {
        if (ReadMount(container, _mounts.Counts) is { Mounted: true } shown && shown.Path != _driver.MountPoint(container.Layer))
            Mounts.Unmount(shown.Path, detach: true);
        await _mounts.UnmountAsync(container.Layer, force: true, ct);
    }

    // Somebody may have taken it into use, or removed it, since it was chosen.
    private async Task<bool> TryDeleteAsync(ImageId id, CancellationToken ct)
    {
        try
        {
            await DeleteImageAsync(id, ct);
            return true;
        }
        catch (OcidException taken) when (taken.Kind is ErrorKind.FailedPrecondition or ErrorKind.NotFound)
        {
            return false;
        }
    }

    private async Task<double> UsedPercentAsync(CancellationToken ct) =>
        await OwnThread.RunAsync(() => FileSystems.Usage(_paths.ImageRoot), ct) is { TotalBytes: > 0 } usage ? 100.0 * (usage.TotalBytes - usage.AvailableBytes) / usage.TotalBytes : 0;

    private IEnumerable<LayerId> Chain(LayerId? from)
    {
        for (var at = from; at is not null && FindLayer(at) is { } layer; at = layer.Parent)
            yield return at;
    }
}
