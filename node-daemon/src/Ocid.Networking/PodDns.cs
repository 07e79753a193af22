using System.Text.Json.Serialization;

namespace Ocid.Networking;

/// <summary>A pod's resolver settings, in the form of CNI's dns capability.</summary>
public sealed record PodDns
{
    /// <summary>Name servers.</summary>
    [JsonPropertyName("servers")]
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>Search domains.</summary>
    [JsonPropertyName("searches")]
    public IReadOnlyList<string> Searches { get; init; } = [];

    /// <summary>Options of resolv.conf(5).</summary>
    [JsonPropertyName("options")]
    public IReadOnlyList<string> Options { get; init; } = [];
}
