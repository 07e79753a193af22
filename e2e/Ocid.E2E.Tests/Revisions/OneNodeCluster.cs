using System.Text.Json.Nodes;
using k8s.Models;
using Ocid.Cluster.Api;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;
using Ocid.Cluster.Testing;
using Ocid.Revisions;

namespace Ocid.E2E.Tests.Revisions;

/// <summary>
/// An API server with one node, on containerd, and nobody but the test to ask something of the node's agent. It can be stopped and started again with all that it knows. Of
/// two that it knows, the bearer of the token "prometheus" may read metrics, and "somebody" may not.
/// </summary>
internal sealed class OneNodeCluster : IAsyncDisposable
{
    /// <summary>The node's name.</summary>
    public const string NodeName = "worker-1";

    /// <summary>The token of one who may read metrics.</summary>
    public const string MetricsReader = "prometheus";

    private static readonly Key Node = Key.Cluster(NodeName);

    private readonly ApiDouble _api;
    private readonly ClusterClient _client;

    private OneNodeCluster(ApiDouble api) => (_api, _client) = (api, new ClusterClient(api.Connect()));

    public Uri Address => _api.Address;

    /// <summary>How often the agent wrote the status.</summary>
    public int Writes => _api.Calls.Count(call => call.IsWrite && call.Path.EndsWith($"/{Resources.RuntimeNodes.Plural}/{NodeName}/status", StringComparison.Ordinal));

    public JsonObject? Status => _api.Find(Resources.RuntimeNodes.Plural, Node)?["status"]?.AsObject();

    public string? Phase => (string?)Status?["phase"];

    public static async Task<OneNodeCluster> StartNewAsync()
    {
        var cluster = new OneNodeCluster(await ApiDouble.StartNewAsync());
        foreach (var user in new[] { MetricsReader, "somebody" })
            cluster._api.Reviewer.Know(user, user);
        cluster._api.Reviewer.Allow(MetricsReader, "get", "/metrics");
        var client = cluster._client;
        await client.CreateAsync(Resources.Namespaces, new NamespaceObject { Metadata = new V1ObjectMeta { Name = RevisionSecret.DefaultNamespace } }, default);
        await client.CreateAsync(Resources.Nodes, new Node { Metadata = new V1ObjectMeta { Name = NodeName } }, default);
        var runtime = new JsonObject { ["nodeInfo"] = new JsonObject { ["containerRuntimeVersion"] = "containerd://2.1.0" } };
        await client.MergePatchAsync(Resources.Nodes, Node, new JsonObject { ["status"] = runtime }, default, status: true);
        return cluster;
    }

    public Task StartAsync() => _api.StartAsync();

    public Task StopAsync() => _api.StopAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    /// <summary>A condition of the status.</summary>
    public JsonObject Condition(string type) => Status!["conditions"]!.AsArray().OfType<JsonObject>().Single(condition => (string?)condition["type"] == type);

    /// <summary>Puts a revision's Secret there, as the operator does.</summary>
    public Task AddAsync(Revision revision) => _client.CreateAsync(
        Resources.Secrets,
        new Secret
        {
            Metadata = new V1ObjectMeta { NamespaceProperty = RevisionSecret.DefaultNamespace, Name = RevisionSecret.NameOf(revision.Hash) },
            Type = RevisionSecret.Type,
            Data = revision.ToData().ToDictionary(),
        },
        default);

    /// <summary>Writes the spec of the RuntimeNode, as the operator does.</summary>
    public async Task AskAsync(string? revision, bool release = false)
    {
        var spec = new JsonObject { ["desiredRevision"] = revision, ["release"] = release };
        if (await _client.GetAsync(Resources.RuntimeNodes, Node, default) is null)
            await _client.CreateAsync(Resources.RuntimeNodes, new RuntimeNode { Metadata = new V1ObjectMeta { Name = NodeName } }, default);
        await _client.MergePatchAsync(Resources.RuntimeNodes, Node, new JsonObject { ["spec"] = spec }, default);
    }
}
