using System.Buffers;
using System.Text.Json;
using Ocid.Images.Manifests;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Pushing;

/// <summary>The v2s2 manifest of a stored image whose own is of schema 1: registries take those no more, and the store has all that it says.</summary>
internal static class ConvertedManifest
{
    /// <param name="config">The text of the configuration.</param>
    /// <param name="layers">The image's layers, bottom first.</param>
    public static ManifestDocument Of(byte[] config, IReadOnlyList<LayerRecord> layers)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion"u8, 2);
            json.WriteString("mediaType"u8, MediaTypes.DockerManifest);
            json.WritePropertyName("config"u8);
            Write(json, MediaTypes.DockerConfig, config.Length, Digest.Sha256(config));
            json.WriteStartArray("layers"u8);
            foreach (var layer in layers)
                Write(json, layer);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return ManifestDocument.Parse(text.WrittenMemory, MediaTypes.DockerManifest);
    }

    private static void Write(Utf8JsonWriter json, LayerRecord layer)
    {
        if (layer.CompressedDigest is { } blob && blob != layer.DiffId)
            Write(json, LayerMediaType.Of(ManifestFormat.DockerV2S2, LayerCompression.Gzip), layer.CompressedSize, blob);
        else
            Write(json, LayerMediaType.Of(ManifestFormat.DockerV2S2, LayerCompression.None), layer.UncompressedSize, layer.DiffId!);
    }

    private static void Write(Utf8JsonWriter json, string mediaType, long size, Digest digest)
    {
        json.WriteStartObject();
        json.WriteString("mediaType"u8, mediaType);
        json.WriteNumber("size"u8, size);
        json.WriteString("digest"u8, digest.ToString());
        json.WriteEndObject();
    }
}
