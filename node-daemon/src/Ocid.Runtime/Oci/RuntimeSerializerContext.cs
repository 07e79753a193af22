using System.Text.Json.Serialization;

namespace Ocid.Runtime.Oci;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RuntimeLogEntry))]
[JsonSerializable(typeof(RuntimeStateDocument))]
[JsonSerializable(typeof(FeaturesDocument))]
internal sealed partial class RuntimeSerializerContext : JsonSerializerContext;
