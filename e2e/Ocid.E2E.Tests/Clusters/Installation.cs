using System.Text.Json.Nodes;
using k8s.Models;
using Ocid.Cluster.Api;
using Ocid.Cluster.Entities;
using Ocid.E2E.Clusters;
using Ocid.E2E.Nodes;
using Ocid.E2E.Tests.Programs;
using Ocid.E2E.Tests.Revisions;
using Ocid.Revisions.Nodes;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Clusters;

/// <summary>ocid installed in a cluster of one real node: API server, world, operator and agent, each of them a process that can be ended, and the network before the API server.</summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string Node = "worker-1";
    public const string Config = "mirror";
    public const string Namespace = "ocid-system";
    public const string AgentNamespace = "ocid-agent";
    public const string AgentImage = "registry.example/ocid/node:0.1.0";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly IApiServer _server;
    private readonly World _world;
    private OperatorSetup _setup = null!;
    private OcidProcess? _operator;
    private OcidProcess? _agent;

    private Installation(IApiServer server, AgentHost host)
    {
        (_server, Host) = (server, host);
        Client = new ClusterClient(server.Connect());
        _world = new World(Client);
        Gate = new ApiGate(server.EndPoint, FreePort.Find());
    }

    public AgentHost Host { get; }

    public ClusterClient Client { get; }

    public ApiGate Gate { get; }

    private string Scheme => _server.Authority is null ? "http" : "https";

    /// <summary>Installs, and has a node join.</summary>
    public static async Task<Installation> CreateAsync(IApiServer server, AgentHost host)
    {
        var installation = new Installation(server, host);
        await installation.InstallAsync();
        return installation;
    }

    /// <summary>The objects that ocid made or could have made.</summary>
    public async Task<IReadOnlyList<string>> InventoryAsync() =>
    [
        .. await NamesAsync(Resources.RuntimeNodes), .. await NamesAsync(Resources.Secrets), .. await NamesAsync(Resources.ConfigMaps), .. await NamesAsync(Resources.Pods),
        .. await NamesAsync(Resources.Nodes), .. await NamesAsync(Resources.DaemonSets),
    ];

    /// <summary>Starts the operator; where a step is named, it kills itself right after it.</summary>
    public void StartOperator(string? killedAfter = null) => _operator = OperatorProcess.Start(_setup, Path.Combine(Host.Node.Folders.Output, "operator"), killedAfter, "--release-after", "1s");

    /// <summary>The operator's lease is not waited for: a test has no time for what Kubernetes has.</summary>
    public async Task OperatorIsKilledAsync(string step)
    {
        await Eventually.IsTrueAsync($"the operator is killed after {step}; {Output("operator")}", () => _operator!.HasExited, Patience);
        _operator!.ExitCode.Should().Be(137, Output("operator"));
        await Client.MergePatchAsync(Resources.Leases, new Key(Namespace, "ocid-operator"), new JsonObject { ["spec"] = new JsonObject { ["holderIdentity"] = null } }, default);
    }

    public Task StopOperatorAsync() => _operator!.StopAsync();

    public async Task StartAgentAsync()
    {
        string[] trust = _server.Authority is { } authority ? ["--ca-file", authority, "--token-file", (await _server.AgentTokenAsync(Node))!] : [];
        _agent = OcidProcess.Start(
            OcidProgram.Published, Path.Combine(Host.Node.Folders.Output, "agent"),
            ["agent", "--node-name", Node, "--root", Host.Paths.Root, "--api-server", $"{Scheme}://127.0.0.1:{Gate.Port}", "--runtime-endpoint", $"unix://{Host.Node.Folders.Socket}", .. trust, .. _server.AgentArguments]);
    }

    public Task KillAgentAsync() => _agent!.KillAsync();

    public async Task<RuntimeConfig> ConfigAsync(string name = Config) => await Client.GetAsync(Resources.RuntimeConfigs, Key.Cluster(name), default) ?? throw new InvalidOperationException($"no RuntimeConfig {name}");

    public Task<RuntimeNode?> RuntimeNodeAsync() => Client.GetAsync(Resources.RuntimeNodes, Key.Cluster(Node), default);

    public Task ChangeAsync(JsonObject spec, string name = Config) => Client.MergePatchAsync(Resources.RuntimeConfigs, Key.Cluster(name), new JsonObject { ["spec"] = spec }, default);

    /// <summary>Waits for a condition of the RuntimeConfig, as it stands now.</summary>
    public Task<V1Condition?> ConditionAsync(string type, string status, string reason, string name = Config) => Eventually.GetAsync(
        $"RuntimeConfig {name}: {type}={status} {reason}",
        async () => (await ConfigAsync(name)) is { } config && config.Status?.ObservedGeneration == config.Metadata.Generation ? config.Status?.Conditions?.FirstOrDefault(condition => condition.Type == type) : null,
        condition => condition is not null && (condition.Status, condition.Reason) == (status, reason) || (Failed() is { } failure ? throw failure : false),
        Patience);

    /// <summary>Waits until the node has what is asked for, and this is another revision than before.</summary>
    public async Task<string> UpdatedAsync(string? before = null)
    {
        await Eventually.GetAsync(
            $"the node has another revision than {before}",
            RuntimeNodeAsync,
            node => node?.Status is { Phase: NodePhase.Updated } status && status.CurrentRevision == node.Spec.DesiredRevision && status.CurrentRevision != before || (Failed() is { } failure ? throw failure : false),
            Patience);
        await ConditionAsync("Ready", "True", "Updated");
        return (await RuntimeNodeAsync())!.Status!.CurrentRevision!;
    }

    public Task PhaseAsync(NodePhase phase) => Eventually.GetAsync($"the node is {phase}", RuntimeNodeAsync, node => node?.Status?.Phase == phase || (Failed() is { } failure ? throw failure : false), Patience);

    public Task ForgottenAsync() => Eventually.GetAsync("the RuntimeNode is gone", RuntimeNodeAsync, node => node is null, Patience);

    /// <summary>Runs another verb of the operator's program, as the operator's account.</summary>
    public Task<ToolResult> OperatorAsync(string verb, params string[] arguments) => OperatorProcess.RunAsync(_setup, verb, arguments);

    /// <summary>The reasons of the events of the RuntimeConfigs.</summary>
    public async Task<IReadOnlySet<string>> EventsAsync() =>
        (await Client.ListAsync(Resources.Events, Scope.All, default)).Items!.Where(seen => seen.Regarding?.Kind == "RuntimeConfig").Select(seen => seen.Reason!).ToHashSet(StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _operator, _agent }.OfType<OcidProcess>())
        {
            await process.KillAsync();
            process.Dispose();
        }

        await _world.DisposeAsync();
        await Gate.DisposeAsync();
    }

    private async Task InstallAsync()
    {
        await _server.InstallAsync(Client);
        Gate.Open();
        _setup = await _server.OperatorAsync(Host.Node.Folders.Output, Gate.Port);
        _world.Start();
        await _world.JoinAsync(Node);
        await Eventually.GetAsync(
            "the agent's pod runs", () => Client.GetAsync(Resources.Pods, new Key(AgentNamespace, $"ocid-agent-{Node}"), default), pod => pod?.Status?.Phase == "Running" || (Failed() is { } failure ? throw failure : false), Patience);
    }

    private async Task<IEnumerable<string>> NamesAsync<T>(Resource<T> resource)
        where T : class, IMetadata<V1ObjectMeta> =>
        ((await Client.ListAsync(resource, Scope.All, default)).Items ?? []).Select(value => $"{resource} {Key.Of(value.Metadata)}").Order(StringComparer.Ordinal);

    private InvalidOperationException? Failed()
    {
        if (_world.Failures is [var failure, ..])
            return new InvalidOperationException($"the world: {failure}");
        if (_agent is { HasExited: true })
            return new InvalidOperationException($"the agent ended: {Output("agent")}");
        return _operator is { HasExited: true } ? new InvalidOperationException($"the operator ended: {Output("operator")}") : null;
    }

    private string Output(string program) => Path.Combine(Host.Node.Folders.Output, program) is var file && File.Exists(file) ? File.ReadAllText(file) : "";
}
