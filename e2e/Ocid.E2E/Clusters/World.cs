using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using k8s.Models;
using Ocid.Cluster.Api;
using Ocid.Cluster.Caches;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;

namespace Ocid.E2E.Clusters;

/// <summary>
/// What a cluster has besides its API server, as far as ocid meets it, and over the public API alone. It plays the kubelet (registers Nodes, says that pods run), the DaemonSet
/// controller (one pod for each Node), the garbage collector (what an absent owner owned goes) and the disruption controller (how many pods of a budget may go). It is none of
/// them: nothing is scheduled, and no container runs but what the test starts when a pod is said to run.
/// </summary>
public sealed class World : IAsyncDisposable
{
    private readonly ClusterClient _client;
    private readonly ObjectCache<Node> _nodes;
    private readonly ObjectCache<Pod> _pods;
    private readonly ObjectCache<DaemonSetObject> _sets;
    private readonly ObjectCache<RuntimeNode> _runtimeNodes;
    private readonly ObjectCache<DisruptionBudget> _budgets;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly List<string> _failures = [];
    private Task _running = Task.CompletedTask;

    public World(ClusterClient client)
    {
        ObjectCache<T> Cache<T>(Resource<T> resource)
            where T : class, IMetadata<V1ObjectMeta> => new(client, resource, TimeProvider.System);

        _client = client;
        (_nodes, _pods, _runtimeNodes) = (Cache(Resources.Nodes), Cache(Resources.Pods), Cache(Resources.RuntimeNodes));
        (_sets, _budgets) = (Cache(WorldResources.DaemonSets), Cache(WorldResources.Budgets));
    }

    /// <summary>DaemonSets, as their controller needs them.</summary>
    public static Resource<DaemonSetObject> DaemonSets => WorldResources.DaemonSets;

    /// <summary>What went wrong in it: a test that ends with any has shown nothing.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Begins to turn.</summary>
    public void Start() => _running = Task.WhenAll(
        _nodes.RunAsync(_stop.Token), _pods.RunAsync(_stop.Token), _sets.RunAsync(_stop.Token), _runtimeNodes.RunAsync(_stop.Token), _budgets.RunAsync(_stop.Token), TurnAsync(_stop.Token));

    /// <summary>Kubelet: a machine joins.</summary>
    public async Task JoinAsync(string node, string runtime = "containerd://2.1.0")
    {
        await _client.CreateAsync(Resources.Nodes, new Node
        {
            Metadata = new V1ObjectMeta { Name = node, Labels = new Dictionary<string, string> { ["kubernetes.io/os"] = "linux", ["kubernetes.io/arch"] = Architecture, ["kubernetes.io/hostname"] = node } },
        }, _stop.Token);
        var status = new JsonObject
        {
            ["conditions"] = new JsonArray(Condition("Ready")),
            ["nodeInfo"] = new JsonObject { ["containerRuntimeVersion"] = runtime },
        };
        await _client.MergePatchAsync(Resources.Nodes, Key.Cluster(node), new JsonObject { ["status"] = status }, _stop.Token, status: true);
    }

    /// <summary>A machine is taken away.</summary>
    public Task LeaveAsync(string node) => _client.DeleteAsync(Resources.Nodes, Key.Cluster(node), _stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static string Architecture => RuntimeInformation.OSArchitecture is System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";

    private static JsonObject Condition(string type) => new()
    {
        ["type"] = type,
        ["status"] = "True",
        ["reason"] = "World",
        ["message"] = "",
        ["lastTransitionTime"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };

    private async Task TurnAsync(CancellationToken ct)
    {
        await Task.WhenAll(_nodes.Synced, _pods.Synced, _sets.Synced, _runtimeNodes.Synced, _budgets.Synced).WaitAsync(ct);
        _nodes.Subscribe(_ => Wake());
        _pods.Subscribe(_ => Wake());
        _sets.Subscribe(_ => Wake());
        _runtimeNodes.Subscribe(_ => Wake());
        _budgets.Subscribe(_ => Wake());
        while (true)
        {
            await _changed.Reader.ReadAsync(ct);
            try
            {
                await ScheduleAsync(ct);
                await RunPodsAsync(ct);
                await CollectAsync(ct);
                await CountAsync(ct);
            }
            catch (ApiException raced) when (raced.Failure is ApiFailure.Conflict or ApiFailure.NotFound or ApiFailure.AlreadyExists or ApiFailure.Unavailable)
            {
                // Somebody was faster, or the server is away: again.
                await Task.Delay(200, ct);
                Wake();
            }
            catch (ApiException failure)
            {
                _failures.Add(failure.Message);
            }
        }
    }

    // The DaemonSet controller.
    private async Task ScheduleAsync(CancellationToken ct)
    {
        foreach (var set in _sets.All)
        {
            foreach (var node in _nodes.All.Where(node => _pods.Find(new Key(set.Metadata.NamespaceProperty, $"{set.Metadata.Name}-{node.Metadata.Name}")) is null))
                await _client.CreateAsync(WorldResources.Pods, set.Pod(node), ct);
            var (wanted, ready) = (_nodes.All.Count, _pods.All.Count(pod => IsOwnedBy(pod.Metadata, set.Metadata) && pod.Status?.Phase == "Running"));
            if (set.Status?.DesiredNumberScheduled != wanted || set.Status.NumberReady != ready)
            {
                var status = new JsonObject { ["desiredNumberScheduled"] = wanted, ["currentNumberScheduled"] = wanted, ["numberMisscheduled"] = 0, ["numberReady"] = ready };
                _sets.Observe(await _client.MergePatchAsync(WorldResources.DaemonSets, Key.Of(set.Metadata), new JsonObject { ["status"] = status }, ct, status: true));
            }
        }
    }

    // The kubelet.
    private async Task RunPodsAsync(CancellationToken ct)
    {
        foreach (var pod in _pods.All.Where(pod => pod.Spec?.NodeName is not null && pod.Status?.Phase is null or "Pending"))
        {
            var status = new JsonObject { ["phase"] = "Running", ["conditions"] = new JsonArray(Condition("Ready")) };
            _pods.Observe(await _client.MergePatchAsync(Resources.Pods, Key.Of(pod.Metadata), new JsonObject { ["status"] = status }, ct, status: true));
        }
    }

    // The garbage collector.
    private async Task CollectAsync(CancellationToken ct)
    {
        var present = _nodes.All.Select(node => node.Metadata.Uid).Concat(_sets.All.Select(set => set.Metadata.Uid)).ToHashSet(StringComparer.Ordinal);
        foreach (var orphan in _runtimeNodes.All.Where(node => IsOrphan(node.Metadata, present)))
            await _client.DeleteAsync(Resources.RuntimeNodes, Key.Of(orphan.Metadata), ct, new Preconditions { Uid = orphan.Metadata.Uid });
        foreach (var orphan in _pods.All.Where(pod => IsOrphan(pod.Metadata, present)))
            await _client.DeleteAsync(Resources.Pods, Key.Of(orphan.Metadata), ct, new Preconditions { Uid = orphan.Metadata.Uid });
    }

    // The disruption controller.
    private async Task CountAsync(CancellationToken ct)
    {
        foreach (var budget in _budgets.All)
        {
            var healthy = _pods.All.Count(pod => pod.Metadata.NamespaceProperty == budget.Metadata.NamespaceProperty && budget.Selects(pod.Metadata.Labels) && pod.Status?.Phase == "Running");
            if (budget.Status?.CurrentHealthy == healthy)
                continue;
            var status = new JsonObject
            {
                ["observedGeneration"] = budget.Metadata.Generation,
                ["currentHealthy"] = healthy,
                ["expectedPods"] = healthy,
                ["desiredHealthy"] = Math.Max(0, healthy - 1),
                ["disruptionsAllowed"] = Math.Min(1, healthy),
            };
            _budgets.Observe(await _client.MergePatchAsync(WorldResources.Budgets, Key.Of(budget.Metadata), new JsonObject { ["status"] = status }, ct, status: true));
        }
    }

    private static bool IsOrphan(V1ObjectMeta metadata, HashSet<string?> present) => metadata.OwnerReferences is { Count: > 0 } owners && owners.All(owner => !present.Contains(owner.Uid));

    private static bool IsOwnedBy(V1ObjectMeta metadata, V1ObjectMeta owner) => metadata.OwnerReferences?.Any(reference => reference.Uid == owner.Uid) == true;

    private void Wake() => _changed.Writer.TryWrite(true);
}
