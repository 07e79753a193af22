using System.Text.Json.Serialization;

namespace Ocid.Images.Registry;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(RegistryErrors))]
[JsonSerializable(typeof(TagList))]
internal sealed partial class RegistryJson : JsonSerializerContext;
