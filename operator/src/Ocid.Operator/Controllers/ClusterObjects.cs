using Ocid.Cluster.Api;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;

namespace Ocid.Operator.Controllers;

/// <summary>The API server's objects that decisions are made from, as they were at one time.</summary>
internal sealed record ClusterObjects
{
    public required IReadOnlyCollection<RuntimeConfig> Configs { get; init; }

    public required IReadOnlyCollection<RuntimeNode> RuntimeNodes { get; init; }

    public required IReadOnlyCollection<Node> Nodes { get; init; }

    /// <summary>The agents' pods.</summary>
    public required IReadOnlyCollection<Pod> Agents { get; init; }

    /// <summary>The Secrets of the release's namespace.</summary>
    public required IReadOnlyCollection<Secret> Secrets { get; init; }

    /// <summary>The ConfigMaps of the release's namespace.</summary>
    public required IReadOnlyCollection<ConfigMap> ConfigMaps { get; init; }

    /// <summary>The Secrets of the revisions' namespace.</summary>
    public required IReadOnlyCollection<Secret> Revisions { get; init; }

    /// <summary>Asks the API server once.</summary>
    public static async Task<ClusterObjects> ListAsync(ClusterClient client, ClusterScope scope, CancellationToken ct)
    {
        async Task<IReadOnlyCollection<T>> All<T>(Resource<T> resource, Scope of)
            where T : class, k8s.Models.IMetadata<k8s.Models.V1ObjectMeta> =>
            (await client.ListAsync(resource, of, ct)).Items ?? [];

        var release = new Scope { Namespace = scope.Namespace };
        return new ClusterObjects
        {
            Configs = await All(Resources.RuntimeConfigs, Scope.All),
            RuntimeNodes = await All(Resources.RuntimeNodes, Scope.All),
            Nodes = await All(Resources.Nodes, Scope.All),
            Agents = await All(Resources.Pods, new Scope { Namespace = scope.AgentNamespace, Labels = ClusterScope.AgentLabels }),
            Secrets = await All(Resources.Secrets, release),
            ConfigMaps = await All(Resources.ConfigMaps, release),
            Revisions = await All(Resources.Secrets, new Scope { Namespace = scope.RevisionsNamespace }),
        };
    }

    /// <summary>Whether the whole release is going, so that nothing may be written any more.</summary>
    public bool IsBeingUninstalled => ConfigMaps.Any(map => map.Metadata.Name == ReleaseMark.ConfigMap && map.Metadata.Annotations?.ContainsKey(ReleaseMark.Releasing) == true);
}
