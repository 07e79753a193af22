using System.Text.Json.Serialization;

namespace Ocid.Networking;

/// <summary>A host port that leads to a port of the pod, in the form of CNI's portMappings capability.</summary>
public sealed record PortMapping
{
    /// <summary>1 to 65535; 0 means none, and the mapping is left out.</summary>
    [JsonPropertyName("hostPort")]
    public required int HostPort { get; init; }

    /// <summary>1 to 65535.</summary>
    [JsonPropertyName("containerPort")]
    public required int ContainerPort { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c> or <c>sctp</c>.</summary>
    [JsonPropertyName("protocol")]
    public string Protocol { get; init; } = "tcp";

    /// <summary>The address of the host to listen on; null or empty: all.</summary>
    [JsonPropertyName("hostIP")]
    public string? HostIp { get; init; }
}
