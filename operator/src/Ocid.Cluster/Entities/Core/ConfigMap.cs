using k8s.Models;

namespace Ocid.Cluster.Entities.Core;

/// <summary>A ConfigMap.</summary>
public sealed record ConfigMap : IMetadata<V1ObjectMeta>
{
    /// <inheritdoc/>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>Its texts.</summary>
    public IReadOnlyDictionary<string, string>? Data { get; init; }

    /// <summary>Its other content.</summary>
    public IReadOnlyDictionary<string, byte[]>? BinaryData { get; init; }
}
