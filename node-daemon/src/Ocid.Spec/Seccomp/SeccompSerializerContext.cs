using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ocid.Spec.Seccomp;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(SeccompDocument))]
internal sealed partial class SeccompSerializerContext : JsonSerializerContext;
