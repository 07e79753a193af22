using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s.Models;

namespace Ocid.Cluster.Api;

/// <summary>How objects are read: without who manages which field, because nobody here asks and it is the largest part.</summary>
internal static class ObjectJson
{
    private static readonly JsonSerializerOptions Lean = new(ClusterJson.Default.Options) { TypeInfoResolver = ClusterJson.Default.WithAddedModifier(LeaveOut) };

    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Lean.GetTypeInfo(typeof(T));

    private static void LeaveOut(JsonTypeInfo type)
    {
        if (type.Type == typeof(V1ObjectMeta) && type.Properties.FirstOrDefault(property => property.Name == "managedFields") is { } managed)
            type.Properties.Remove(managed);
    }
}
