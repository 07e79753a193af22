using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Linux.Namespaces;
using Ocid.Primitives;
using Ocid.Storage.Containers;
using Ocid.Storage.Drivers;
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
        await using var discarded = Discard();
        using var layers = await _layers.Set.LockAsync(ct);
        using var images = await _images.Set.LockAsync(ct);
        using var containers = await _containers.Set.LockAsync(ct);
        await OwnThread.RunAsync(
            () =>
            {
                var containerRecords = _containers.Set.Load(containers);
                ContainerRecords.CheckFree(containerRecords, creation);
                var records = _layers.Load(layers, discarded);
                var layer = LayerId.New();
                var members = new JsonObject { ["metadata"] = WritableLayerMark + creation.Id };
                _layers.Add(records, layer, TopLayer(creation.ImageId, images, records), members, staged: null, discarded);
                ContainerRecords.Add(containerRecords, creation, layer);
            },
            CancellationToken.None);
        return FindContainer(creation.Id);
    }

    /// <summary>Mounts a container's root file system and counts the mount.</summary>
    /// <returns>Where it is mounted.</returns>
    /// <exception cref="OcidException">NotFound: no such container.</exception>
    public Task<string> MountAsync(ContainerId id, CancellationToken ct) => MountAsync(id, new ContainerMount(), ct);

    /// <summary>As <see cref="MountAsync(ContainerId, CancellationToken)"/>, with the image's ids taken for ids inside a user namespace.</summary>
    /// <param name="id">The container.</param>
    /// <param name="ids">The user namespace; null for the host's ids.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="OcidException">NotFound: no such container. Else what the kernel refused: id-mapped layers of an overlay need Linux 5.19.</exception>
    public Task<string> MountAsync(ContainerId id, PinnedUserNamespace? ids, CancellationToken ct) => MountAsync(id, new ContainerMount { Users = ids }, ct);

    /// <inheritdoc cref="MountAsync(ContainerId, CancellationToken)"/>
    /// <param name="id">The container.</param>
    /// <param name="how">How, where it is not mounted yet; a second mount is the first one's.</param>
    /// <param name="ct">Cancels the wait for locks.</param>
    public async Task<string> MountAsync(ContainerId id, ContainerMount how, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(how);
        using var storage = await _locks.AcquireAsync(_paths.StorageLock, ct);
        using var layers = await _layers.Set.LockAsync(ct);
        var container = FindContainer(id);
        return await _mounts.MountAsync(container.Layer, new LayerMount(how.ReadOnly, container.Volatile, how.Users, how.Label), ct);
    }

    /// <summary>Takes back one <see cref="MountAsync(ContainerId, CancellationToken)"/>, or with <paramref name="force"/> all of them. Not mounted is no error.</summary>
    /// <exception cref="OcidException">NotFound: no such container.</exception>
    public async Task UnmountAsync(ContainerId id, bool force, CancellationToken ct)
    {
        var layer = FindContainer(id).Layer;
        using var layers = await _layers.Set.LockAsync(ct);
        await _mounts.UnmountAsync(layer, force, ct);
    }

    /// <summary>Unmounts and deletes a container with its writable layer.</summary>
    /// <exception cref="OcidException">NotFound: no such container.</exception>
    public async Task DeleteContainerAsync(ContainerId id, CancellationToken ct)
    {
        await using (var discarded = Discard())
        {
            using var layers = await _layers.Set.LockAsync(ct);
            using var containers = await _containers.Set.LockAsync(ct);
            var container = FindContainer(id);
            await _mounts.UnmountAsync(container.Layer, force: true, ct);
            await OwnThread.RunAsync(
                () =>
                {
                    // In this order: a writable layer of ours without its container is removed at the next start, a container without its layer is broken.
                    _containers.Delete(_containers.Set.Load(containers), id);
                    _layers.Delete(_layers.Load(layers, discarded), container.Layer, discarded);
                },
                CancellationToken.None);
        }

        _reserve.Fill();
    }

    /// <summary>What the writable layer of a container takes.</summary>
    /// <exception cref="OcidException">NotFound: no such container.</exception>
    public Task<StorageUsage> ContainerUsageAsync(ContainerId id, CancellationToken ct)
    {
        var path = _driver.Diff(FindContainer(id).Layer);
        return _written.TryGetValue(path, out var known) && known.Fresh
            ? Task.FromResult(known.Usage)
            : OwnThread.RunAsync(() => _written.AddOrUpdate(path, static path => MeasuredLayer.Of(path), static (path, _) => MeasuredLayer.Of(path)).Usage, ct);
    }

    private ContainerRecord FindContainer(ContainerId id) =>
        _containers.Set.Now.Find(id.Value) ?? throw new OcidException(ErrorKind.NotFound, $"container {id}: not in the store");

    private LayerId? TopLayer(ImageId? image, RecordLocks images, RecordTable layers)
    {
        if (image is null)
            return null;
        var top = _images.Set.Load(images).Find(image.Value) is { } record ? record.Text("layer")
            : _images.Set.FindReadOnly(image.Value) is { } elsewhere ? elsewhere.TopLayer?.Value
            : throw new OcidException(ErrorKind.NotFound, $"image {image}: not in the store");
        if (top is not { Length: > 0 })
            return null;
        return _layers.Has(layers, top) && LayerId.TryParse(top, out var layer)
            ? layer
            : throw new OcidException(ErrorKind.DataLoss, $"image {image}: its layer {Quoted.Text(top)} is not in the store");
    }
}
