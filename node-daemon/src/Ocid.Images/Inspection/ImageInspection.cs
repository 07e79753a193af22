using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ocid.Images.Inspection;

/// <summary>
/// What there is to say about an image, with the members, in the order, of <c>skopeo inspect</c>. Of an image in the store there are three more: Id, RepoDigests and Size, and
/// its RepoTags are whole names.
/// </summary>
/// <remarks>https://github.com/containers/skopeo/blob/main/docs/skopeo-inspect.1.md; LayersData came with skopeo 1.10.</remarks>
public sealed record ImageInspection
{
    private static readonly InspectionJson s_json = new(new JsonSerializerOptions(InspectionJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The digest of the configuration, of an image in the store.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; init; }

    /// <summary>The repository.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>The tag that a schema 1 manifest says it has.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Tag { get; init; }

    /// <summary>The digest of what the name stands for: of the list, where the image has several platforms.</summary>
    public required string Digest { get; init; }

    /// <summary>Every tag of the repository.</summary>
    public required IReadOnlyList<string> RepoTags { get; init; }

    /// <summary>Names with the digest of a manifest, of an image in the store.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? RepoDigests { get; init; }

    /// <summary>When the image was made, as its builder wrote it.</summary>
    public string? Created { get; init; }

    /// <summary>The version of Docker that built it, if Docker did.</summary>
    public string DockerVersion { get; init; } = "";

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>The processor, in Go's names.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>The operating system.</summary>
    public string Os { get; init; } = "";

    /// <summary>Bytes of its layers, uncompressed, and of its records, of an image in the store.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Size { get; init; }

    /// <summary>The digests of its blobs, bottom first.</summary>
    public required IReadOnlyList<string> Layers { get; init; }

    /// <summary>The same with what the manifest says of each.</summary>
    public required IReadOnlyList<LayerInspection> LayersData { get; init; }

    /// <summary>The environment of its containers.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>The JSON text, indented.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_json.ImageInspection);
}
