using k8s.Models;

namespace Ocid.Cluster.Api;

/// <summary>What tells objects of one resource apart.</summary>
/// <param name="Namespace">Null for what belongs to the cluster as a whole.</param>
/// <param name="Name">The object's name.</param>
public sealed record Key(string? Namespace, string Name)
{
    /// <summary>The key of an object that belongs to the cluster as a whole.</summary>
    public static Key Cluster(string name) => new(null, name);

    /// <summary>The key of an object.</summary>
    public static Key Of(V1ObjectMeta metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return new Key(metadata.NamespaceProperty is { Length: > 0 } space ? space : null, metadata.Name ?? "");
    }

    /// <summary>As people write it: namespace/name, or the name alone.</summary>
    public override string ToString() => Namespace is null ? Name : $"{Namespace}/{Name}";
}
