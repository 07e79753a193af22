using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Cluster.Api;
using Ocid.Cluster.Caches;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;
using Ocid.Cluster.Events;
using Ocid.Cluster.Testing;
using Ocid.Operator.Controllers;
using Ocid.Operator.Rendering;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Tests.Controllers;

/// <summary>An API server, nodes whose agents do at once what they are told, and operators that come and go.</summary>
internal sealed class LiveCluster : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Kubernetes _connection;
    private readonly CancellationTokenSource _stop = new();
    private readonly ObjectCache<RuntimeNode> _nodes;
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<string> _silent = [];
    private readonly Task _agents;

    private LiveCluster(ApiDouble api)
    {
        Api = api;
        _connection = api.Connect();
        Client = new ClusterClient(_connection);
        _nodes = new ObjectCache<RuntimeNode>(Client, Resources.RuntimeNodes, TimeProvider.System);
        _agents = Task.WhenAll(_nodes.RunAsync(_stop.Token), AnswerAsync());
    }

    public ApiDouble Api { get; }

    public ClusterClient Client { get; }

    public ClusterScope Scope { get; } = new();

    public static async Task<LiveCluster> StartAsync(params string[] nodes)
    {
        var cluster = new LiveCluster(await ApiDouble.StartNewAsync());
        foreach (var space in new[] { cluster.Scope.Namespace, cluster.Scope.AgentNamespace, cluster.Scope.RevisionsNamespace })
            await cluster.Client.CreateAsync(Resources.Namespaces, new NamespaceObject { Metadata = new V1ObjectMeta { Name = space } }, default);
        await cluster.Client.CreateAsync(Resources.ConfigMaps, new ConfigMap { Metadata = new V1ObjectMeta { Name = ReleaseMark.ConfigMap, NamespaceProperty = cluster.Scope.Namespace } }, default);
        foreach (var node in nodes)
            await cluster.AddNodeAsync(node);
        return cluster;
    }

    public async Task AddNodeAsync(string name)
    {
        await Client.CreateAsync(Resources.Nodes, new Node { Metadata = new V1ObjectMeta { Name = name } }, default);
        await Client.MergePatchAsync(Resources.Nodes, Key.Cluster(name), JsonNode.Parse("""{"status": {"conditions": [{"type": "Ready", "status": "True"}], "nodeInfo": {"containerRuntimeVersion": "containerd://2.1.0"}}}""")!.AsObject(), default, status: true);
        await Client.CreateAsync(Resources.Pods, new Pod
        {
            Metadata = new V1ObjectMeta { Name = $"agent-{name}", NamespaceProperty = Scope.AgentNamespace, Labels = new Dictionary<string, string> { ["app.kubernetes.io/component"] = "agent" } },
            Spec = new Pod.PodSpec { NodeName = name, Containers = [new Pod.Container { Name = "agent", Image = "ocid" }] },
        }, default);
    }

    /// <summary>The agent of a node says nothing any more.</summary>
    public void Silence(string node) => _silent.Add(node);

    public Task ConfigureAsync(string name, long limit) => Client.CreateAsync(Resources.RuntimeConfigs, new RuntimeConfig
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new RuntimeConfigSpec { Settings = new SettingsSpec { PidsLimit = limit }, Rollout = new RolloutSpec { SoakSeconds = 0, MaxUnavailable = "50%" } },
    }, default);

    public Task LimitAsync(string name, long limit) =>
        Client.MergePatchAsync(Resources.RuntimeConfigs, Key.Cluster(name), new JsonObject { ["spec"] = new JsonObject { ["settings"] = new JsonObject { ["pidsLimit"] = limit } } }, default);

    /// <summary>Runs an operator until it is stopped, or ends by itself: <paramref name="reached"/> throws where it is to die.</summary>
    public async Task OperateAsync(Action<OperatorStep> reached, CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var caches = new ClusterCaches(Client, Scope, TimeProvider.System, NullLogger.Instance);
        var events = new EventRecorder(Client, "ocid.dev/operator", "test", TimeProvider.System);
        var controller = new FleetController(
            Client, caches, new ClusterWrites(Client, caches, Scope, new FleetEvents(events), reached), new Renderer("0.1.0"), new FleetOptions { ReleaseAfter = TimeSpan.Zero }, TimeProvider.System, null, NullLogger.Instance);
        Task[] parts = [caches.RunAsync(end.Token), events.RunAsync(end.Token), controller.RunAsync(end.Token)];
        try
        {
            await await Task.WhenAny(parts);
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits until every node of the RuntimeConfig has what it asks for as it stands.</summary>
    public Task ReadyAsync(string name) => UntilAsync($"RuntimeConfig {name} is ready", async () =>
        await Client.GetAsync(Resources.RuntimeConfigs, Key.Cluster(name), default) is { Status: { } status } config
        && status.ObservedGeneration == config.Metadata.Generation && status.Conditions!.Any(condition => condition is { Type: "Ready", Status: "True" }));

    public async Task<IReadOnlyList<RuntimeNode>> RuntimeNodesAsync() => (await Client.ListAsync(Resources.RuntimeNodes, Cluster.Api.Scope.All, default)).Items!;

    public static async Task UntilAsync(string what, Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException(what);
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _agents.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _connection.Dispose();
        await Api.DisposeAsync();
        _stop.Dispose();
    }

    private async Task AnswerAsync()
    {
        await _nodes.Synced.WaitAsync(_stop.Token);
        using var changes = _nodes.Subscribe(_ => _changed.Writer.TryWrite(true));
        while (true)
        {
            await _changed.Reader.ReadAsync(_stop.Token);
            foreach (var node in _nodes.All.Where(node => node.Status?.ObservedGeneration != node.Metadata.Generation && !_silent.Contains(node.Metadata.Name!)))
                await AnswerAsync(node);
        }
    }

    private async Task AnswerAsync(RuntimeNode node)
    {
        var phase = node.Spec.Release ? NodePhase.Released : node.Spec.DesiredRevision is null ? NodePhase.Pending : NodePhase.Updated;
        var status = new JsonObject
        {
            ["observedGeneration"] = node.Metadata.Generation,
            ["phase"] = phase.ToString(),
            ["currentRevision"] = node.Spec.Release ? null : node.Spec.DesiredRevision,
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Updated", ["status"] = phase == NodePhase.Updated ? "True" : "False", ["reason"] = "Test", ["message"] = "", ["lastTransitionTime"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) }),
        };
        try
        {
            _nodes.Observe(await Client.MergePatchAsync(Resources.RuntimeNodes, Key.Of(node.Metadata), new JsonObject { ["status"] = status }, _stop.Token, status: true));
        }
        catch (ApiException gone) when (gone.Failure is ApiFailure.NotFound)
        {
            // Deleted meanwhile.
        }
    }
}
