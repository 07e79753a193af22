using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ocid.Images.Manifests;

namespace Ocid.Images.Pushing;

/// <summary>A manifest with other layers or in the other format; every member that it does not change stays.</summary>
internal static class ManifestText
{
    // These describe blocks within the blob that a layer no longer is.
    private const string ChunkPrefix = "io.github.containers.zstd-chunked.";

    private static readonly JsonWriterOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The original's own bytes where nothing changes, for their digest is what others know the image by.</summary>
    public static ReadOnlyMemory<byte> Of(ManifestDocument original, ManifestFormat format, IReadOnlyList<Descriptor> layers)
    {
        var kept = LayerMediaType.FormatOf(original.MediaType) == format;
        if (kept && layers.Zip(original.Layers).All(pair => pair.First.Digest == pair.Second.Digest))
            return original.Bytes;

        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, s_compact))
        using (var document = JsonDocument.Parse(original.Bytes))
            Write(json, document.RootElement, format, layers, kept);
        return text.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, JsonElement original, ManifestFormat format, IReadOnlyList<Descriptor> layers, bool kept)
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion"u8, 2);
        if (!kept || original.TryGetProperty("mediaType"u8, out _)) // OCI's may lack it
            json.WriteString("mediaType"u8, format == ManifestFormat.Oci ? MediaTypes.OciManifest : MediaTypes.DockerManifest);
        json.WritePropertyName("config"u8);
        var config = original.GetProperty("config"u8);
        if (kept)
            config.WriteTo(json);
        else
            Write(json, config, format, format == ManifestFormat.Oci ? MediaTypes.OciConfig : MediaTypes.DockerConfig, null);

        json.WriteStartArray("layers"u8);
        foreach (var (was, layer) in original.GetProperty("layers"u8).EnumerateArray().Zip(layers))
        {
            if (kept && was.GetProperty("digest"u8).ValueEquals(layer.Digest.ToString()))
                was.WriteTo(json);
            else
                Write(json, was, format, layer.MediaType, layer);
        }

        json.WriteEndArray();
        // Docker's format has no other members; what OCI's has more (annotations, subject) means the same in every manifest of that format.
        foreach (var member in original.EnumerateObject().Where(member => kept && member.Name is not ("schemaVersion" or "mediaType" or "config" or "layers")))
            member.WriteTo(json);
        json.WriteEndObject();
    }

    // In the order of the peers, so that what is the same has the same digest.
    private static void Write(Utf8JsonWriter json, JsonElement was, ManifestFormat format, string mediaType, Descriptor? layer)
    {
        var (digest, size) = (layer?.Digest.ToString() ?? was.GetProperty("digest"u8).GetString(), layer?.Size ?? was.GetProperty("size"u8).GetInt64());
        json.WriteStartObject();
        json.WriteString("mediaType"u8, mediaType);
        if (format == ManifestFormat.DockerV2S2)
            json.WriteNumber("size"u8, size);
        json.WriteString("digest"u8, digest);
        if (format == ManifestFormat.Oci)
            json.WriteNumber("size"u8, size);
        if (was.TryGetProperty("urls"u8, out var urls))
        {
            json.WritePropertyName("urls"u8);
            urls.WriteTo(json);
        }

        if (format == ManifestFormat.Oci && was.TryGetProperty("annotations"u8, out var annotations) && annotations.ValueKind == JsonValueKind.Object)
            WriteAnnotations(json, annotations);
        json.WriteEndObject();
    }

    private static void WriteAnnotations(Utf8JsonWriter json, JsonElement annotations)
    {
        var kept = annotations.EnumerateObject().Where(a => !a.Name.StartsWith(ChunkPrefix, StringComparison.Ordinal)).ToList();
        if (kept.Count == 0)
            return;
        json.WriteStartObject("annotations"u8);
        foreach (var annotation in kept)
            annotation.WriteTo(json);
        json.WriteEndObject();
    }
}
