using System.Text.Json.Serialization;

namespace Ocid.Networking.Plugins;

internal sealed record PluginError
{
    [JsonPropertyName("code")]
    public int Code { get; init; }

    [JsonPropertyName("msg")]
    public string? Message { get; init; }

    [JsonPropertyName("details")]
    public string? Details { get; init; }
}
