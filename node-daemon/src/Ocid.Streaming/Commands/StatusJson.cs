using System.Text.Json.Serialization;

namespace Ocid.Streaming.Commands;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StatusMessage))]
internal sealed partial class StatusJson : JsonSerializerContext;
