using System.Text.Json.Serialization;

namespace Ocid.Agent.Cluster.Wire;

/// <summary>Nulls are written: in a merge patch they take a member away.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RuntimeNodeObject))]
[JsonSerializable(typeof(RuntimeNodeList))]
[JsonSerializable(typeof(WatchEvent))]
[JsonSerializable(typeof(StatusPatch))]
[JsonSerializable(typeof(SecretObject))]
[JsonSerializable(typeof(NodeObject))]
[JsonSerializable(typeof(ClusterStatus))]
[JsonSerializable(typeof(TokenReview))]
[JsonSerializable(typeof(AccessReview))]
internal sealed partial class ClusterJson : JsonSerializerContext;
