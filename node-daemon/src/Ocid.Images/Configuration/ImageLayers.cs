using System.Text.Json.Serialization;
using Ocid.Primitives;

namespace Ocid.Images.Configuration;

/// <summary>The layers of an image.</summary>
public sealed record ImageLayers
{
    internal static ImageLayers None { get; } = new();

    /// <summary>The digest of each layer's uncompressed archive, bottom first.</summary>
    [JsonPropertyName("diff_ids")]
    public IReadOnlyList<Digest> DiffIds { get; init => field = value ?? []; } = [];
}
