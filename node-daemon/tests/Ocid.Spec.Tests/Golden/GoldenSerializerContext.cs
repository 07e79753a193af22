using System.Text.Json.Serialization;

namespace Ocid.Spec.Tests.Golden;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(GoldenCase))]
internal sealed partial class GoldenSerializerContext : JsonSerializerContext;
