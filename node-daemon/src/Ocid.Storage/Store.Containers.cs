using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Overlay;
using Ocid.Storage.Records;

namespace Ocid.Storage;

public sealed partial class Store
{
    // A writable layer of ours without its container, after a crash between the two records, is known by this.
    private const string WritableLayerMark = "ocid container ";

    /// <summary>Makes a container: a writable layer on the image's topmost layer, and the record that keeps both alive.</summary>
    /// <exception cref="OcidException">NotFound: no such image. AlreadyExists: the id or a name is taken.</exception>
    public async Task<ContainerRecord> CreateContainerAsync(ContainerCreation creation, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(creation);
        await using var discarded = _staging.Discard();
        using var layers = await _layers.File.LockAsync(ct);
        using var images = await _images.File.LockAsync(ct);
        using var containers = await _containers.File.LockAsync(ct);
        await OwnThread.RunAsync(
            () =>
            {
                _containers.CheckFree(creation);
                var records = _layers.Load(layers, discarded);
                var layer = LayerId.New();
                var members = new JsonObject { ["metadata"] = WritableLayerMark + creation.Id };
                _layers.Add(layers, records, layer, TopLayer(creation.ImageId, records), members, staged: null, discarded);
                _containers.Add(containers, creation, layer);
            },
            CancellationToken.None);
        return FindContainer(creation.Id);
    }

    /// <summary>Mounts a container's root file system and counts the mount.</summary>
    /// <returns>Where it is mounted.</returns>
    /// <exception cref="OcidException">NotFound: no such container.</exception>
    public async Task<string> MountAsync(ContainerId id, CancellationToken ct)
    {
        using var storage = await FileLock.AcquireAsync(_paths.StorageLock, FileLockMode.Exclusive, ct);
        using var layers = await _layers.File.LockAsync(ct);
        return await _mounts.MountAsync(FindContainer(id).Layer, ct);
    }

    /// <summary>Takes back one <see cref="MountAsync"/>, or with <paramref name="force"/> all of them. Not mounted is no error.</summary>
    /// <exception cref="OcidException">NotFound: no such container.</exception>
    public async Task UnmountAsync(ContainerId id, bool force, CancellationToken ct)
    {
        var layer = FindContainer(id).Layer;
        using var layers = await _layers.File.LockAsync(ct);
        await _mounts.UnmountAsync(layer, force, ct);
    }

    /// <summary>Unmounts and deletes a container with its writable layer.</summary>
    /// <exception cref="OcidException">NotFound: no such container.</exception>
    public async Task DeleteContainerAsync(ContainerId id, CancellationToken ct)
    {
        await using var discarded = _staging.Discard();
        using var layers = await _layers.File.LockAsync(ct);
        using var containers = await _containers.File.LockAsync(ct);
        var container = FindContainer(id);
        await _mounts.UnmountAsync(container.Layer, force: true, ct);
        await OwnThread.RunAsync(
            () =>
            {
                _layers.Delete(layers, _layers.Load(layers, discarded), container.Layer, discarded);
                _containers.Delete(containers, id);
            },
            CancellationToken.None);
    }

    /// <summary>What the writable layer of a container takes.</summary>
    /// <exception cref="OcidException">NotFound: no such container.</exception>
    public Task<StorageUsage> ContainerUsageAsync(ContainerId id, CancellationToken ct)
    {
        var path = _paths.Diff(FindContainer(id).Layer);
        return _written.TryGetValue(path, out var known) && known.Fresh
            ? Task.FromResult(known.Usage)
            : OwnThread.RunAsync(() => _written.AddOrUpdate(path, static path => MeasuredLayer.Of(path), static (path, _) => MeasuredLayer.Of(path)).Usage, ct);
    }

    private ContainerRecord FindContainer(ContainerId id) =>
        Containers.FirstOrDefault(container => container.Id == id) ?? throw new OcidException(ErrorKind.NotFound, $"container {id}: not in the store");

    private LayerId? TopLayer(ImageId? image, JsonArray layers)
    {
        if (image is null)
            return null;
        var record = _images.File.ReadArray().Find(image.Value) ?? throw new OcidException(ErrorKind.NotFound, $"image {image}: not in the store");
        if (record.Text("layer") is not { Length: > 0 } text)
            return null;
        return layers.Find(text) is not null && LayerId.TryParse(text, out var layer)
            ? layer
            : throw new OcidException(ErrorKind.DataLoss, $"image {image}: its layer {Quoted.Text(text)} is not in the store");
    }
}
