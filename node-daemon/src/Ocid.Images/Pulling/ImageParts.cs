using Ocid.Images.Manifests;
using Ocid.Primitives;

namespace Ocid.Images.Pulling;

/// <summary>What an image of one platform is made of, whatever its manifest's kind.</summary>
/// <param name="Manifest">The manifest, with a configuration and the sizes of its layers also where it does not say them.</param>
/// <param name="Config">The text of the configuration.</param>
internal sealed record ImageParts(ManifestDocument Manifest, byte[] Config)
{
    /// <param name="source">Where the image is.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OcidException">InvalidArgument: it is an artifact, no image.</exception>
    public static async Task<ImageParts> ReadAsync(ImageSource source, ManifestDocument manifest, CancellationToken ct)
    {
        manifest.RequireImage(source.Asked);
        if (manifest.Schema1 is null)
            return new ImageParts(manifest, await source.ReadBlobAsync(manifest.Config, ct));

        // Its configuration has the digests of the layers' content, which it does not say: they are read once more. Nobody has made such images for years.
        var layers = new List<LayerContent>();
        foreach (var layer in manifest.Layers)
            layers.Add(await LayerContent.ReadAsync(source, layer.Digest, ct));
        var config = manifest.Schema1.ConfigurationOf([.. layers.Select(layer => layer.DiffId)]);
        var descriptor = new Descriptor { MediaType = MediaTypes.DockerConfig, Digest = Digest.Sha256(config), Size = config.Length };
        return new ImageParts(manifest.Completed(descriptor, [.. layers.Select(layer => layer.Blob)]), config);
    }
}
