using System.Text.Json.Serialization;

namespace Ocid.Images.Configuration;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(DigestConverter)])]
[JsonSerializable(typeof(ImageConfig))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
