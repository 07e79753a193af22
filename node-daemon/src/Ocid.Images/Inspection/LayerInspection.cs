using System.Text.Json.Serialization;

namespace Ocid.Images.Inspection;

/// <summary>What a manifest says of a layer.</summary>
public sealed record LayerInspection
{
    /// <summary>Its media type, empty where the manifest has none.</summary>
    [JsonPropertyName("MIMEType")]
    public required string MediaType { get; init; }

    /// <summary>The digest of its blob.</summary>
    public required string Digest { get; init; }

    /// <summary>The size of its blob; -1 where the manifest does not say.</summary>
    public required long Size { get; init; }

    /// <summary>Its annotations.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
