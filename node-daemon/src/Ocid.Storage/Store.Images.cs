using System.Diagnostics;
using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Images;
using Ocid.Storage.Layers;
using Ocid.Storage.Records;

namespace Ocid.Storage;

public sealed partial class Store
{
    /// <summary>
    /// Puts an image into the store: everything staged is synced once with no lock held, then each layer is moved in under its
    /// own hold of the lock, then the image is recorded. Layers that the store has are used; their staging is left to its owner.
    /// </summary>
    /// <exception cref="OcidException">Aborted: a layer that was not staged, or a parent, was deleted meanwhile; stage it and try again.</exception>
    public async Task<ImageRecord> CommitImageAsync(ImageCommit image, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(image);
        await SyncStagedAsync(image, ct);
        LayerId? top = null;
        foreach (var layer in image.Layers)
            top = await CommitLayerAsync(top, layer, ct);

        using var layers = await _layers.Set.LockAsync(ct);
        using var images = await _images.Set.LockAsync(ct);
        await OwnThread.RunAsync(
            () =>
            {
                if (top is not null && !_layers.Has(_layers.Set.Load(layers), top.Value))
                    throw new OcidException(ErrorKind.Aborted, $"commit image {image.Id}: layer {top} was deleted meanwhile");
                _images.Put(images, image, top);
            },
            CancellationToken.None);
        return FindImage(image.Id) ?? throw new OcidException(ErrorKind.Aborted, $"commit image {image.Id}: deleted meanwhile");
    }

    /// <summary>Adds names to an image; an image that has one loses it.</summary>
    /// <exception cref="OcidException">NotFound.</exception>
    public Task AddNamesAsync(ImageId id, IReadOnlyList<string> names, CancellationToken ct) =>
        WithImagesAsync(held => _images.SetNames(held, id, names, keepFormer: true), ct);

    /// <summary>Replaces the names of an image; an image that has one loses it.</summary>
    /// <exception cref="OcidException">NotFound.</exception>
    public Task SetNamesAsync(ImageId id, IReadOnlyList<string> names, CancellationToken ct) =>
        WithImagesAsync(held => _images.SetNames(held, id, names, keepFormer: false), ct);

    /// <summary>The content under a big-data key.</summary>
    /// <exception cref="OcidException">NotFound.</exception>
    public Task<byte[]> ReadImageBigDataAsync(ImageId id, string key, CancellationToken ct) =>
        OwnThread.RunAsync(() => TryReadBigData(id, key) ?? throw new OcidException(ErrorKind.NotFound, $"image {id}: no big data {Quoted.Text(key)}"), ct);

    /// <summary>The same of many images in one go, each null where there is none.</summary>
    public Task<IReadOnlyList<byte[]?>> ReadImageBigDataAsync(IReadOnlyList<(ImageId Id, string Key)> wanted, CancellationToken ct) =>
        OwnThread.RunAsync<IReadOnlyList<byte[]?>>(() => [.. wanted.Select(one => TryReadBigData(one.Id, one.Key))], ct);

    /// <summary>Adds or replaces the content under a big-data key.</summary>
    /// <exception cref="OcidException">NotFound: no such image.</exception>
    public Task SetImageBigDataAsync(ImageId id, string key, ReadOnlyMemory<byte> content, CancellationToken ct) =>
        WithImagesAsync(held => _images.PutBigData(held, id, new ImageBigData(key, content)), ct);

    /// <summary>Deletes an image with all its names, and the layers that nothing else needs.</summary>
    /// <exception cref="OcidException">NotFound; FailedPrecondition: containers use it, which the message names, or it is in a read-only store.</exception>
    public async Task DeleteImageAsync(ImageId id, CancellationToken ct)
    {
        await using (var discarded = Discard())
        {
            using var layers = await _layers.Set.LockAsync(ct);
            using var images = await _images.Set.LockAsync(ct);
            using var containers = await _containers.Set.LockAsync(ct);
            await OwnThread.RunAsync(() => DeleteImage(id, layers, images, containers, discarded), CancellationToken.None);
        }

        _reserve.Fill();
    }

    private byte[]? TryReadBigData(ImageId id, string key)
    {
        try
        {
            return File.ReadAllBytes(_images.BigDataPath(id.Value, key));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private void DeleteImage(ImageId id, RecordLocks layersHeld, RecordLocks imagesHeld, RecordLocks containersHeld, Discarded discarded)
    {
        var (imageRecords, image) = _images.Find(imagesHeld, id);
        var containers = _containers.Set.Load(containersHeld).All.ToList();
        if (containers.Where(container => container.Text("image") == id.Value).ToList() is { Count: > 0 } users)
            throw new OcidException(ErrorKind.FailedPrecondition, $"delete image {id}: {ImageHolders.Text([.. users.Select(Holder)])}");

        var layerRecords = _layers.Load(layersHeld, discarded);
        _images.Delete(imageRecords, image);
        var needed = imageRecords.All.SelectMany(TopLayers).Concat(containers.Select(container => container.Text("layer"))).ToHashSet();
        foreach (var mapped in image.Texts("mapped-layers"))
            DeleteUnneeded(mapped);
        for (var next = image.Text("layer"); next is not null;)
            next = DeleteUnneeded(next);

        // Gives the parent back to go on with, or null where the chain is needed from here on.
        string? DeleteUnneeded(string text)
        {
            if (!LayerId.TryParse(text, out var layer) || needed.Contains(text) || layerRecords.Find(text) is not { } record
                || layerRecords.All.Any(child => child.Text("parent") == text))
                return null;
            _layers.Delete(layerRecords, layer, discarded);
            return record.Text("parent");
        }
    }

    private static IEnumerable<string?> TopLayers(JsonObject image) => image.Texts("mapped-layers").Append(image.Text("layer"));

    private async Task SyncStagedAsync(ImageCommit image, CancellationToken ct)
    {
        if (_options.Durability == Durability.None || image.Layers.All(layer => layer.Staged is null))
            return;
        var started = Stopwatch.GetTimestamp();
        await OwnThread.RunAsync(() => FileSystems.Sync(_staging.TempDirs), ct);
        var elapsed = Stopwatch.GetElapsedTime(started);
        LogSynced(image.Id, elapsed);
        _options.Reached("staged layers synced");
    }

    private async Task<LayerId> CommitLayerAsync(LayerId? parent, CommittedLayer layer, CancellationToken ct)
    {
        var id = LayerId.OfChain(parent, layer.DiffId);
        await using var discarded = Discard();
        using var held = await _layers.Set.LockAsync(ct);
        await OwnThread.RunAsync(
            () =>
            {
                var records = _layers.Load(held, discarded);
                if (_layers.Has(records, id.Value))
                    return;
                if (parent is not null && !_layers.Has(records, parent.Value))
                    throw new OcidException(ErrorKind.Aborted, $"commit layer {id}: its parent {parent} was deleted meanwhile");
                if (layer.Staged is null)
                    throw new OcidException(ErrorKind.Aborted, $"commit layer {id}: not staged, and not in the store any more");
                _layers.Add(records, id, parent, LayerJson.Members(layer), layer.Staged, discarded);
            },
            CancellationToken.None);
        return id;
    }

    private async Task WithImagesAsync(Action<RecordLocks> change, CancellationToken ct)
    {
        using var held = await _images.Set.LockAsync(ct);
        await OwnThread.RunAsync(() => change(held), CancellationToken.None);
    }
}
