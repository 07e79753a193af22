using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ocid.Spec.Cdi;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(CdiDocument))]
internal sealed partial class CdiSerializerContext : JsonSerializerContext;
