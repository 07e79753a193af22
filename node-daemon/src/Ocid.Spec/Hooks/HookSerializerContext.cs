using System.Text.Json.Serialization;

namespace Ocid.Spec.Hooks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HookDocument))]
internal sealed partial class HookSerializerContext : JsonSerializerContext;
