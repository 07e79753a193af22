using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using k8s.Models;
using Ocid.Cluster.Api;

namespace Ocid.E2E.Clusters;

/// <summary>What the world reads and the operator does not.</summary>
internal static class WorldResources
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static Resource<DaemonSetObject> DaemonSets { get; } = New<DaemonSetObject>("apps", "v1", "DaemonSet", "daemonsets");

    public static Resource<PodObject> Pods { get; } = New<PodObject>("", "v1", "Pod", "pods");

    public static Resource<DisruptionBudget> Budgets { get; } = New<DisruptionBudget>("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets");

    private static Resource<T> New<T>(string group, string version, string kind, string plural)
        where T : class, IMetadata<V1ObjectMeta> =>
        new(group, version, kind, plural, true, (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T)), (JsonTypeInfo<ObjectList<T>>)Json.GetTypeInfo(typeof(ObjectList<T>)));
}
