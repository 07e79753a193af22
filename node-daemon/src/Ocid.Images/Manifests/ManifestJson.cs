using System.Text.Json.Serialization;
using Ocid.Images.Configuration;

namespace Ocid.Images.Manifests;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false, Converters = [typeof(DigestConverter)])]
[JsonSerializable(typeof(ManifestWire))]
[JsonSerializable(typeof(Schema1Step))]
[JsonSerializable(typeof(Schema1Signature.Extent))]
internal sealed partial class ManifestJson : JsonSerializerContext;
