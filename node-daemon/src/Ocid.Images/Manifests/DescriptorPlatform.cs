using System.Text.Json.Serialization;

namespace Ocid.Images.Manifests;

internal sealed record DescriptorPlatform
{
    public string? Architecture { get; init; }

    [JsonPropertyName("os")]
    public string? OperatingSystem { get; init; }

    [JsonPropertyName("os.version")]
    public string? OperatingSystemVersion { get; init; }

    [JsonPropertyName("os.features")]
    public IReadOnlyList<string>? OperatingSystemFeatures { get; init; }

    public string? Variant { get; init; }
}
