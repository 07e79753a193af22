using System.Text.Json;
using Ocid.Images.Manifests;
using Ocid.Primitives;

namespace Ocid.Images.Inspection;

/// <summary>An image whose documents were read, its layers not.</summary>
/// <param name="Named">What its name stands for: a list, or its manifest.</param>
/// <param name="Manifest">The manifest of the one platform.</param>
/// <param name="Config">The bytes of its configuration.</param>
internal sealed record InspectedImage(ManifestDocument Named, ManifestDocument Manifest, byte[] Config)
{
    /// <exception cref="OcidException">DataLoss: the configuration is none.</exception>
    public ImageInspection Describe()
    {
        try
        {
            using var document = JsonDocument.Parse(Config);
            return Describe(document.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new OcidException(ErrorKind.DataLoss, $"image configuration: {malformed.Message}", malformed);
        }
    }

    private ImageInspection Describe(JsonElement config)
    {
        var defaults = Member(config, "config");
        var labels = Member(defaults, "Labels");
        var environment = Member(defaults, "Env");
        var created = Member(config, "created");
        return new ImageInspection
        {
            Tag = Manifest.Schema1 is null ? null : Tag(),
            Digest = Named.Digest.ToString(),
            RepoTags = [],
            // What has no time is Go's zero time in Docker's format, and has none in OCI's.
            Created = created.ValueKind == JsonValueKind.String || Manifest.MediaType != MediaTypes.OciManifest ? GoTime.Written(Text(created)) : null,
            DockerVersion = Text(Member(config, "docker_version")) ?? "",
            Labels = labels.ValueKind == JsonValueKind.Object ? Sorted(labels) : null,
            Architecture = Text(Member(config, "architecture")) ?? "",
            Os = Text(Member(config, "os")) ?? "",
            Layers = [.. Layers.Select(layer => layer.Digest.ToString())],
            LayersData = [.. Layers.Select(layer => new LayerInspection
            {
                MediaType = layer.MediaType, Digest = layer.Digest.ToString(), Size = layer.Size, Annotations = layer.Annotations,
            })],
            Env = environment.ValueKind == JsonValueKind.Array ? [.. environment.EnumerateArray().Select(variable => variable.GetString() ?? "")] : null,
        };
    }

    // Of schema 1 also those of steps that left no files.
    private IEnumerable<Descriptor> Layers =>
        Manifest.Schema1?.Blobs.Select(blob => new Descriptor { MediaType = "", Digest = blob, Size = Descriptor.UnknownSize }) ?? Manifest.Layers;

    private string? Tag()
    {
        using var manifest = JsonDocument.Parse(Manifest.Bytes);
        return Text(Member(manifest.RootElement, "tag"));
    }

    private static JsonElement Member(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static SortedDictionary<string, string> Sorted(JsonElement map)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in map.EnumerateObject())
            sorted[member.Name] = member.Value.GetString() ?? "";
        return sorted;
    }
}
