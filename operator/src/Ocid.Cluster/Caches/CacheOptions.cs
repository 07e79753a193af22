using Ocid.Cluster.Api;

namespace Ocid.Cluster.Caches;

/// <summary>What a cache holds.</summary>
/// <typeparam name="T">The object.</typeparam>
public sealed record CacheOptions<T>
{
    /// <summary>Which objects.</summary>
    public Scope Scope { get; init; } = Scope.All;

    /// <summary>What is kept of each; null: all that its type has.</summary>
    public Func<T, T>? Trim { get; init; }

    /// <summary>How often everything is compared with the API server anew, whatever the watch says.</summary>
    public TimeSpan Resync { get; init; } = TimeSpan.FromMinutes(30);
}
