using System.Text.Json;
using System.Text.Json.Serialization;
using Ocid.Primitives;

namespace Ocid.Images.Configuration;

/// <summary>The configuration of an image.</summary>
/// <remarks>https://github.com/opencontainers/image-spec/blob/main/config.md; Docker's differs in nothing that is read here.</remarks>
public sealed record ImageConfig
{
    /// <summary>The processor that its programs run on, in Go's names.</summary>
    public string Architecture { get; init => field = value ?? ""; } = "";

    /// <summary>The operating system.</summary>
    [JsonPropertyName("os")]
    public string OperatingSystem { get; init => field = value ?? ""; } = "";

    /// <summary>The variant of the processor.</summary>
    public string? Variant { get; init; }

    /// <summary>When the image was made, where its builder says so.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>How its containers run unless they are told otherwise.</summary>
    [JsonPropertyName("config")]
    public ContainerDefaults Defaults { get; init => field = value ?? ContainerDefaults.Empty; } = ContainerDefaults.Empty;

    /// <summary>Its layers.</summary>
    [JsonPropertyName("rootfs")]
    public ImageLayers Layers { get; init => field = value ?? ImageLayers.None; } = ImageLayers.None;

    /// <summary>Reads the JSON text of a configuration.</summary>
    /// <exception cref="OcidException">DataLoss: it is none.</exception>
    public static ImageConfig Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ConfigurationJson.Default.ImageConfig)
                ?? throw new OcidException(ErrorKind.DataLoss, "image configuration: null");
        }
        catch (JsonException malformed)
        {
            throw new OcidException(ErrorKind.DataLoss, $"image configuration: {malformed.Message}", malformed);
        }
    }
}
