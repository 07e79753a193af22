using k8s.Models;
using Microsoft.Extensions.Logging;
using Ocid.Cluster.Api;
using Ocid.Cluster.Caches;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;

namespace Ocid.Operator.Controllers;

/// <summary>What the API server has, kept up to date.</summary>
internal sealed class ClusterCaches
{
    private readonly ObjectCache<RuntimeConfig> _configs;
    private readonly ObjectCache<RuntimeNode> _runtimeNodes;
    private readonly ObjectCache<Node> _nodes;
    private readonly ObjectCache<Pod> _agents;
    private readonly ObjectCache<Secret> _secrets;
    private readonly ObjectCache<ConfigMap> _maps;
    private readonly ObjectCache<Secret> _revisions;

    public ClusterCaches(ClusterClient client, ClusterScope scope, TimeProvider time, ILogger log)
    {
        ObjectCache<T> Cache<T>(Resource<T> resource, Scope of, Func<T, T>? trim = null)
            where T : class, IMetadata<V1ObjectMeta> =>
            new(client, resource, time, new CacheOptions<T> { Scope = of, Trim = trim }, log);

        var release = new Scope { Namespace = scope.Namespace };
        _configs = Cache(Resources.RuntimeConfigs, Scope.All);
        _runtimeNodes = Cache(Resources.RuntimeNodes, Scope.All);
        _nodes = Cache(Resources.Nodes, Scope.All, Trims.Of);
        _agents = Cache(Resources.Pods, new Scope { Namespace = scope.AgentNamespace, Labels = ClusterScope.AgentLabels }, Trims.Of);
        _secrets = Cache(Resources.Secrets, release);
        _maps = Cache(Resources.ConfigMaps, release);
        _revisions = Cache(Resources.Secrets, new Scope { Namespace = scope.RevisionsNamespace });
    }

    /// <summary>Ends when everything was listed once.</summary>
    public Task Synced => Task.WhenAll(_configs.Synced, _runtimeNodes.Synced, _nodes.Synced, _agents.Synced, _secrets.Synced, _maps.Synced, _revisions.Synced);

    /// <summary>Why the API server cannot be followed at the moment; null where it can.</summary>
    public string? Trouble => _configs.Trouble ?? _runtimeNodes.Trouble ?? _nodes.Trouble ?? _agents.Trouble ?? _secrets.Trouble ?? _maps.Trouble ?? _revisions.Trouble;

    /// <summary>All of it, as it is known now.</summary>
    public ClusterObjects Objects => new()
    {
        Configs = _configs.All,
        RuntimeNodes = _runtimeNodes.All,
        Nodes = _nodes.All,
        Agents = _agents.All,
        Secrets = _secrets.All,
        ConfigMaps = _maps.All,
        Revisions = _revisions.All,
    };

    /// <summary>Follows the API server until it is cancelled.</summary>
    public Task RunAsync(CancellationToken ct) => Task.WhenAll(
        _configs.RunAsync(ct), _runtimeNodes.RunAsync(ct), _nodes.RunAsync(ct), _agents.RunAsync(ct), _secrets.RunAsync(ct), _maps.RunAsync(ct), _revisions.RunAsync(ct));

    /// <summary>Says that something changed which decisions are made from.</summary>
    public IDisposable Subscribe(Action changed)
    {
        var subscriptions = new List<IDisposable>
        {
            _configs.Subscribe(_ => changed()),
            _runtimeNodes.Subscribe(_ => changed()),
            _nodes.Subscribe(change => Differing(change, NodeObjects.IsSame, changed)),
            _agents.Subscribe(change => Differing(change, (one, other) => one.Spec?.NodeName == other.Spec?.NodeName, changed)),
            _secrets.Subscribe(_ => changed()),
            _maps.Subscribe(_ => changed()),
            _revisions.Subscribe(_ => changed()),
        };
        return new Subscriptions(subscriptions);
    }

    // Nodes and pods report themselves all the time, and mostly the same.
    private static void Differing<T>(Change<T> change, Func<T, T, bool> isSame, Action changed)
        where T : class, IMetadata<V1ObjectMeta>
    {
        if (change.Before is null || change.After is null || ReferenceEquals(change.Before, change.After) || !isSame(change.Before, change.After))
            changed();
    }

    public void Observe(RuntimeConfig written) => _configs.Observe(written);

    public void Observe(RuntimeNode written) => _runtimeNodes.Observe(written);

    public void ObserveRevision(Secret written) => _revisions.Observe(written);

    private sealed class Subscriptions(List<IDisposable> each) : IDisposable
    {
        public void Dispose() => each.ForEach(one => one.Dispose());
    }
}
