using System.Text.Json.Serialization;

namespace Ocid.Runtime.Oci;

internal sealed record RuntimeLogEntry(
    [property: JsonPropertyName("level")] string? Level,
    [property: JsonPropertyName("msg")] string? Message);
