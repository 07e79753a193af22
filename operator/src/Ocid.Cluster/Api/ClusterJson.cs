using System.Text.Json.Serialization;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;

namespace Ocid.Cluster.Api;

/// <summary>How objects are written: what is null is not.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RuntimeConfig))]
[JsonSerializable(typeof(ObjectList<RuntimeConfig>))]
[JsonSerializable(typeof(RuntimeNode))]
[JsonSerializable(typeof(ObjectList<RuntimeNode>))]
[JsonSerializable(typeof(Node))]
[JsonSerializable(typeof(ObjectList<Node>))]
[JsonSerializable(typeof(Pod))]
[JsonSerializable(typeof(ObjectList<Pod>))]
[JsonSerializable(typeof(Secret))]
[JsonSerializable(typeof(ObjectList<Secret>))]
[JsonSerializable(typeof(ConfigMap))]
[JsonSerializable(typeof(ObjectList<ConfigMap>))]
[JsonSerializable(typeof(NamespaceObject))]
[JsonSerializable(typeof(ObjectList<NamespaceObject>))]
[JsonSerializable(typeof(DaemonSet))]
[JsonSerializable(typeof(ObjectList<DaemonSet>))]
[JsonSerializable(typeof(Lease))]
[JsonSerializable(typeof(ObjectList<Lease>))]
[JsonSerializable(typeof(ClusterEvent))]
[JsonSerializable(typeof(ObjectList<ClusterEvent>))]
[JsonSerializable(typeof(ApiStatus))]
[JsonSerializable(typeof(DeleteOptions))]
[JsonSerializable(typeof(BookmarkObject))]
internal sealed partial class ClusterJson : JsonSerializerContext;
