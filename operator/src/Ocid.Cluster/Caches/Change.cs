using k8s.Models;
using Ocid.Cluster.Api;

namespace Ocid.Cluster.Caches;

/// <summary>An object is another than before; both the same: the cache was compared with the API server anew.</summary>
/// <param name="Before">As it was; null: it is new.</param>
/// <param name="After">As it is; null: it is gone.</param>
/// <typeparam name="T">The object.</typeparam>
public sealed record Change<T>(T? Before, T? After)
    where T : class, IMetadata<V1ObjectMeta>
{
    /// <summary>Which object.</summary>
    public Key Key => Key.Of((After ?? Before)!.Metadata);
}
