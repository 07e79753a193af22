using System.Text.Json.Serialization;

namespace Ocid.Cri.Verbose;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PodInfo))]
[JsonSerializable(typeof(ContainerInfo))]
[JsonSerializable(typeof(ImageInfo))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class VerboseJson : JsonSerializerContext;
