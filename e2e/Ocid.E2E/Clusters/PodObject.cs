using System.Text.Json.Nodes;
using k8s.Models;

namespace Ocid.E2E.Clusters;

/// <summary>A pod with all that is asked of it, as who makes it writes it.</summary>
public sealed record PodObject : IMetadata<V1ObjectMeta>
{
    public V1ObjectMeta Metadata { get; set; } = new();

    public JsonObject Spec { get; init; } = [];
}
