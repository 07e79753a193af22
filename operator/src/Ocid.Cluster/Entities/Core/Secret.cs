using k8s.Models;

namespace Ocid.Cluster.Entities.Core;

/// <summary>A Secret.</summary>
public sealed record Secret : IMetadata<V1ObjectMeta>
{
    /// <inheritdoc/>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>What its keys mean.</summary>
    public string? Type { get; init; }

    /// <summary>Whether its data can never change.</summary>
    public bool? Immutable { get; init; }

    /// <summary>Its content.</summary>
    public IReadOnlyDictionary<string, byte[]>? Data { get; init; }
}
