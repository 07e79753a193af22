using k8s.Models;

namespace Ocid.Cluster.Entities.Core;

/// <summary>A Namespace.</summary>
public sealed record NamespaceObject : IMetadata<V1ObjectMeta>
{
    /// <inheritdoc/>
    public V1ObjectMeta Metadata { get; set; } = new();
}
