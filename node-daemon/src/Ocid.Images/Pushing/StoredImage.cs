using Ocid.Images.Catalog;
using Ocid.Images.Configuration;
using Ocid.Images.Manifests;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Pushing;

/// <summary>Everything that the store has of one image: manifest, configuration and layers, which agree.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Names">Its names that are references.</param>
/// <param name="Original">The manifest of its one platform, as it came.</param>
/// <param name="Manifest">The same; of one of schema 1 what it says as v2s2.</param>
/// <param name="Config">The bytes of its configuration.</param>
/// <param name="Layers">Its layers, bottom first.</param>
internal sealed record StoredImage(ImageId Id, IReadOnlyList<ImageReference> Names, ManifestDocument Original, ManifestDocument Manifest, byte[] Config, IReadOnlyList<LayerRecord> Layers)
{
    /// <param name="store">The store.</param>
    /// <param name="text">An id, its beginning, or a name.</param>
    /// <param name="ct">Cancels.</param>
    /// <param name="meanings">What the text means as a name; without, as Docker reads it.</param>
    /// <exception cref="OcidException">NotFound: no such image. DataLoss: its parts contradict one another.</exception>
    public static async Task<StoredImage> ReadAsync(Store store, string text, CancellationToken ct, IReadOnlyList<ImageReference>? meanings = null)
    {
        var record = ImageSearch.Find(store.Images, text, meanings) ?? throw new OcidException(ErrorKind.NotFound, $"image {Quoted.Text(text)}: not in the store");
        var id = ImageId.Parse(record.Id);
        var original = ManifestDocument.Parse(await store.ReadImageBigDataAsync(id, "manifest", ct), null);
        if (original.IsList)
            throw new OcidException(ErrorKind.FailedPrecondition, $"image {record.Id}: a manifest list, which has no layers of its own");
        var layers = LayersOf(store, record);
        var config = original.Schema1 is { } old
            ? old.ConfigurationOf([.. layers.Select(layer => layer.DiffId ?? throw new OcidException(ErrorKind.DataLoss, $"layer {layer.Id}: no digest of its content"))])
            : await store.ReadImageBigDataAsync(id, original.Config.Digest.ToString(), ct);
        var manifest = original.Schema1 is null ? original : ConvertedManifest.Of(config, layers);
        if (Digest.Sha256(config) != manifest.Config.Digest)
            throw new OcidException(ErrorKind.DataLoss, $"image {record.Id}: its configuration is not the one that its manifest names");

        if (!layers.Select(layer => layer.DiffId).SequenceEqual(ImageConfig.Parse(config).Layers.DiffIds) || layers.Count != manifest.Layers.Count)
            throw new OcidException(ErrorKind.DataLoss, $"image {record.Id}: its layers in the store are not those of its configuration and manifest");
        var names = record.Names.Select(name => ImageReference.TryParse(name, out var parsed) ? parsed : null).OfType<ImageReference>().ToList();
        return new StoredImage(id, names, original, manifest, config, layers);
    }

    // By their records: programs that build images give layers ids of their own choice.
    private static List<LayerRecord> LayersOf(Store store, ImageRecord record)
    {
        var layers = new List<LayerRecord>();
        for (var next = record.TopLayer; next is not null && store.FindLayer(next) is { } layer; next = layer.Parent)
            layers.Insert(0, layer);
        return layers;
    }
}
