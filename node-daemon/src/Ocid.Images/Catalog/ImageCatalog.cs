using System.Collections.Concurrent;
using Ocid.Images.Configuration;
using Ocid.Images.Manifests;
using Ocid.Images.Registries;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Catalog;

/// <summary>The images of the store, whoever put them there.</summary>
/// <param name="store">The store.</param>
/// <param name="registries">Says what short names may mean; without, they are docker.io's.</param>
public sealed class ImageCatalog(Store store, ImageRegistries? registries = null)
{
    private static readonly Dictionary<ImageId, byte[]> s_none = [];

    // A configuration never changes: its digest is the image's id.
    private readonly ConcurrentDictionary<ImageId, ImageConfig> _configs = new();

    /// <summary>Every image.</summary>
    public async Task<IReadOnlyList<LocalImage>> ListAsync(CancellationToken ct)
    {
        var (records, sizes) = (store.Images, LayerSizes());
        var configs = await ReadConfigsAsync(records, ct);
        var images = new List<LocalImage>();
        foreach (var record in records)
        {
            if (await ReadAsync(record, sizes, configs, ct) is { } image)
                images.Add(image);
        }

        foreach (var gone in _configs.Keys.Except(images.Select(i => i.Id)).ToList())
            _configs.TryRemove(gone, out _);
        return images;
    }

    /// <summary>The image that a text names: an id with or without <c>sha256:</c>, a name with tag or digest, the beginning of an id; null where there is none.</summary>
    /// <exception cref="OcidException">InvalidArgument: several ids begin like this.</exception>
    public async Task<LocalImage?> FindAsync(string text, CancellationToken ct) =>
        Find(text) is { } record ? await ReadAsync(record, LayerSizes(), s_none, ct) : null;

    /// <summary>Removes the image that a text names, with all its names and the layers that no other has.</summary>
    /// <exception cref="OcidException">NotFound. FailedPrecondition: a container uses it.</exception>
    public Task RemoveAsync(string text, CancellationToken ct) =>
        Find(text) is { } record
            ? store.DeleteImageAsync(ImageId.Parse(record.Id), ct)
            : throw new OcidException(ErrorKind.NotFound, $"image {Quoted.Text(text)}: not in the store");

    private ImageRecord? Find(string text) => ImageSearch.Find(store.Images, text, registries?.NamesInStore(text));

    private async Task<LocalImage?> ReadAsync(ImageRecord record, Dictionary<LayerId, (LayerId? Parent, long Size)> layers, IReadOnlyDictionary<ImageId, byte[]> configs, CancellationToken ct)
    {
        if (!ImageId.TryParse(record.Id, out var id))
            return null;

        var size = record.BigDataSizes.Values.Sum();
        for (var layer = record.TopLayer; layer is not null && layers.TryGetValue(layer, out var found); layer = found.Parent)
            size += found.Size;

        var names = record.Names.Select(name => ImageReference.TryParse(name, out var parsed) ? parsed : null).OfType<ImageReference>().ToList();
        return new LocalImage(
            id,
            [.. names.Where(n => n.Tag is not null && n.Digest is null).Select(n => n.ToString()).Distinct()],
            [.. RepoDigests(record, names).Select(n => n.ToString()).Distinct()],
            size,
            await ConfigAsync(id, record, configs, ct),
            record.Flags.Contains(LocalImage.CriFlag),
            record.Created);
    }

    // The digest that names an image first: that of its list, where it came from one.
    private static IEnumerable<ImageReference> RepoDigests(ImageRecord record, List<ImageReference> names) =>
        names.Where(n => n.Digest is not null).Select(n => n.WithDigest(n.Digest!))
            .Concat(names.SelectMany(n => ImageSearch.ManifestDigests(record).OrderBy(d => d == record.Digest).Select(n.WithDigest)));

    // What is not known yet, in one go: a thread for each would take longer than the reading.
    private async Task<IReadOnlyDictionary<ImageId, byte[]>> ReadConfigsAsync(IReadOnlyList<ImageRecord> records, CancellationToken ct)
    {
        var wanted = new List<(ImageId Id, string Key)>();
        foreach (var record in records)
        {
            if (ImageId.TryParse(record.Id, out var id) && !_configs.ContainsKey(id) && record.BigDataSizes.ContainsKey(ConfigKey(record)))
                wanted.Add((id, ConfigKey(record)));
        }

        var read = new Dictionary<ImageId, byte[]>();
        if (wanted.Count == 0)
            return read;
        foreach (var ((id, _), text) in wanted.Zip(await store.ReadImageBigDataAsync(wanted, ct)))
        {
            if (text is not null)
                read[id] = text;
        }

        return read;
    }

    private async Task<ImageConfig> ConfigAsync(ImageId id, ImageRecord record, IReadOnlyDictionary<ImageId, byte[]> configs, CancellationToken ct)
    {
        if (_configs.TryGetValue(id, out var known))
            return known;

        try
        {
            return _configs[id] = ImageConfig.Parse(configs.TryGetValue(id, out var text) ? text : await ConfigTextAsync(id, record, ct));
        }
        catch (OcidException damaged) when (damaged.Kind is ErrorKind.DataLoss or ErrorKind.NotFound or ErrorKind.Unimplemented)
        {
            return new ImageConfig(); // one damaged record must not hide the others, nor itself
        }
    }

    private async Task<byte[]> ConfigTextAsync(ImageId id, ImageRecord record, CancellationToken ct)
    {
        if (record.BigDataSizes.ContainsKey(ConfigKey(record)))
            return await store.ReadImageBigDataAsync(id, ConfigKey(record), ct);

        // Another program chose the id, or the manifest is of a kind whose configuration is made of it: the manifest knows.
        var manifest = ManifestDocument.Parse(await store.ReadImageBigDataAsync(id, "manifest", ct), null);
        return manifest.Schema1 is { } old ? old.ConfigurationOf(DiffIds(record)) : await store.ReadImageBigDataAsync(id, manifest.Config.Digest.ToString(), ct);
    }

    // As containers/image names it: an image's id is its configuration's digest.
    private static string ConfigKey(ImageRecord record) => $"sha256:{record.Id}";

    private List<Digest> DiffIds(ImageRecord record)
    {
        var layers = store.Layers.ToDictionary(layer => layer.Id);
        var diffIds = new List<Digest>();
        for (var at = record.TopLayer; at is not null && layers.TryGetValue(at, out var layer); at = layer.Parent)
            diffIds.Insert(0, layer.DiffId ?? throw new OcidException(ErrorKind.DataLoss, $"layer {layer.Id}: no digest of its content"));
        return diffIds;
    }

    private Dictionary<LayerId, (LayerId? Parent, long Size)> LayerSizes() =>
        store.Layers.ToDictionary(layer => layer.Id, layer => (layer.Parent, layer.UncompressedSize));
}
