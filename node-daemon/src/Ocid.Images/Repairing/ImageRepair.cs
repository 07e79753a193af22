using Ocid.Images.Pulling;
using Ocid.Images.Pushing;
using Ocid.Images.Registries;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Repairing;

/// <summary>Fetches what is damaged in a store again, from where the images that have it came.</summary>
/// <param name="store">The store.</param>
/// <param name="registries">How registries are spoken to.</param>
/// <param name="puller">Fetches layers, and pulls images whose manifest, configuration or layers are lost.</param>
public sealed class ImageRepair(Store store, ImageRegistries registries, ImagePuller puller)
{
    /// <summary>How registries are spoken to, and who asks.</summary>
    public PullOptions Access { get; init; } = new();

    /// <summary>
    /// Fetches one layer, and nothing else of its image, and puts it in the place of the damaged one. Interrupted, the next attempt goes on where this one stopped.
    /// </summary>
    /// <returns>The reference of the image that it came with.</returns>
    /// <exception cref="OcidException">FailedPrecondition: it is in a read-only store. NotFound: no image with a name in a registry has the layer. Else why the last of them could not give it.</exception>
    public async Task<ImageReference> FetchLayerAsync(LayerId id, CancellationToken ct)
    {
        if (store.FindLayer(id)?.ReadOnlyStore is { } elsewhere)
            throw new OcidException(ErrorKind.FailedPrecondition, $"layer {id}: is in the read-only image store {elsewhere}, and is to be repaired there");
        OcidException? last = null;
        foreach (var (image, at) in await WithLayerAsync(id, ct))
        {
            foreach (var name in InRegistries(image.Names, image.Original.Digest))
            {
                try
                {
                    await FetchLayerAsync(id, image, at, name, ct);
                    return name;
                }
                catch (OcidException failure)
                {
                    last = failure;
                }
            }
        }

        throw last ?? new OcidException(ErrorKind.NotFound, $"layer {id}: no image that has it has a name in a registry");
    }

    /// <summary>Pulls an image again by its digest; layers that are whole are kept.</summary>
    /// <returns>The reference by which it was pulled.</returns>
    /// <exception cref="OcidException">NotFound: no such image, or it has no name in a registry. Else why the last registry could not give it.</exception>
    public async Task<ImageReference> FetchImageAsync(string id, CancellationToken ct)
    {
        var record = store.Images.FirstOrDefault(image => image.Id == id) ?? throw new OcidException(ErrorKind.NotFound, $"image {id}: not in the store");
        var names = record.Names.Select(name => ImageReference.TryParse(name, out var parsed) ? parsed : null).OfType<ImageReference>();
        OcidException? last = null;
        foreach (var name in record.Digest is null ? [] : InRegistries(names, record.Digest))
        {
            try
            {
                await puller.PullAsync(name, Access, progress: null, ct);
                return name;
            }
            catch (OcidException failure)
            {
                last = failure;
            }
        }

        throw last ?? new OcidException(ErrorKind.NotFound, $"image {id}: it has no name in a registry");
    }

    private static IEnumerable<ImageReference> InRegistries(IEnumerable<ImageReference> names, Digest digest) =>
        names.Where(name => name.Domain != "localhost").Select(name => name.WithDigest(digest)).Distinct();

    private async Task<IReadOnlyList<(StoredImage Image, int At)>> WithLayerAsync(LayerId id, CancellationToken ct)
    {
        var found = new List<(StoredImage, int)>();
        foreach (var record in store.Images)
        {
            try
            {
                var image = await StoredImage.ReadAsync(store, record.Id, ct);
                if (image.Layers.ToList().FindIndex(layer => layer.Id == id) is >= 0 and var at)
                    found.Add((image, at));
            }
            catch (OcidException) // another image may have it, too
            {
            }
        }

        return found;
    }

    private async Task FetchLayerAsync(LayerId id, StoredImage image, int at, ImageReference name, CancellationToken ct)
    {
        var (blob, diffId) = (image.Manifest.Layers[at], image.Layers[at].DiffId!);
        using var source = await registries.OpenAsync(name, new EndpointAccess { Credentials = Access.Credentials, TlsVerify = Access.TlsVerify }, ct);
        var layer = await puller.FetchLayerAsync(source, blob, diffId, ct);
        await using var staging = layer.Staged!;
        staging.Keep(); // for the next attempt, where this one is interrupted here
        await store.ReplaceLayerAsync(id, layer, ct);
    }
}
