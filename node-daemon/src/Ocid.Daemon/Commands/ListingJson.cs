using System.Text.Json.Serialization;

namespace Ocid.Daemon.Commands;

/// <summary>What listing verbs print with <c>--output json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<PodRow>))]
[JsonSerializable(typeof(IReadOnlyList<ContainerRow>))]
[JsonSerializable(typeof(IReadOnlyList<ImageRow>))]
[JsonSerializable(typeof(IReadOnlyList<VerifiedImageRow>))]
[JsonSerializable(typeof(IReadOnlyList<ProblemRow>))]
[JsonSerializable(typeof(IReadOnlyList<UsageRow>))]
internal sealed partial class ListingJson : JsonSerializerContext;
