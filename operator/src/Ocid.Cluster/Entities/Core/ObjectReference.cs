using k8s.Models;
using Ocid.Cluster.Api;

namespace Ocid.Cluster.Entities.Core;

/// <summary>Names an object.</summary>
public sealed record ObjectReference
{
    /// <summary>Its <c>apiVersion</c>.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Its kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Its namespace; null for what belongs to the cluster as a whole.</summary>
    public string? Namespace { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>The very object, and not a later one of its name.</summary>
    public string? Uid { get; init; }

    /// <summary>Names an object of a resource.</summary>
    public static ObjectReference To<T>(Resource<T> resource, T value)
        where T : class, IMetadata<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(value);
        return new ObjectReference
        {
            ApiVersion = resource.ApiVersion,
            Kind = resource.Kind,
            Namespace = value.Metadata.NamespaceProperty,
            Name = value.Metadata.Name,
            Uid = value.Metadata.Uid,
        };
    }
}
