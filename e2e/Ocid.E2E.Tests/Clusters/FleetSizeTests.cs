using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using k8s.Models;
using Ocid.Cluster.Api;
using Ocid.Cluster.Caches;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;
using Ocid.Cluster.Testing;
using Ocid.E2E.Clusters;
using Ocid.E2E.Machine;
using Ocid.E2E.Nodes;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;
using Xunit.Abstractions;

namespace Ocid.E2E.Tests.Clusters;

/// <summary>What a big fleet costs the operator, which is a process of its own here, and what the operator costs the API server.</summary>
public sealed class FleetSizeTests(ITestOutputHelper output)
{
    private const int FleetSize = 5000;
    private const int WritesPerNode = 6;
    private const double MiB = 1024 * 1024;
    private static readonly NodePhase[] Steps = [NodePhase.Staged, NodePhase.Applying, NodePhase.Verifying, NodePhase.Updated];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // Ten minutes where somebody asks for them.
    private static TimeSpan Idle => TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("OCID_IDLE_SECONDS") ?? "20", CultureInfo.InvariantCulture));

    [SkippableFact]
    public async Task Five_thousand_nodes_cost_the_operator_less_than_300_MiB_and_six_writes_each_and_nothing_when_idle()
    {
        OnRequest.SkipOtherwise();
        var folder = Directory.CreateTempSubdirectory("ocid-fleet-");
        await using var api = await ApiDouble.StartNewAsync();
        using var connection = api.Connect();
        var client = new ClusterClient(connection);
        await PrepareAsync(client);
        var kubeconfig = Path.Combine(folder.FullName, "kubeconfig");
        await File.WriteAllTextAsync(kubeconfig, KubeconfigText.Of(api.Address.ToString(), "{}"));
        using var end = new CancellationTokenSource();
        var agents = AnswerAsync(client, end.Token);
        using var process = OperatorProcess.Start(
            new OperatorSetup(["--kubeconfig", kubeconfig], ["--leader-elect", "--probe-address", "none", "--metrics-address", "none"]), Path.Combine(folder.FullName, "output"));
        await ConfigureAsync(client, 100);
        await ReadyAsync(client, process);

        var before = api.Calls.Count;
        await client.MergePatchAsync(Resources.RuntimeConfigs, Key.Cluster("all"), new JsonObject { ["spec"] = new JsonObject { ["settings"] = new JsonObject { ["pidsLimit"] = 200 } } }, default);
        await ReadyAsync(client, process);
        var most = api.Calls.Skip(before).Where(call => call.Method == "PATCH" && call.Path.Contains("/runtimenodes/", StringComparison.Ordinal))
            .CountBy(call => call.Path.Split('/')[5]).Max(count => count.Value);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var settled = api.Calls.Count;
        await Task.Delay(Idle);
        // The lease says that somebody leads, and has to.
        var idle = api.Calls.Skip(settled).Count(call => call.Method != "GET" && !call.Path.Contains("/leases", StringComparison.Ordinal));
        var size = Processes.ProportionalSetSize(process.Id) / MiB;

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"PSS {size:0.0} MiB with {FleetSize} nodes; at most {most} writes a node for a roll-out; {idle} in {Idle.TotalSeconds:0} idle seconds"));
        size.Should().BeLessThan(300);
        most.Should().BeLessThanOrEqualTo(WritesPerNode);
        idle.Should().Be(0, "nothing is written that did not change");
        await end.CancelAsync();
        await agents.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await process.StopAsync();
        folder.Delete(recursive: true);
    }

    private static async Task PrepareAsync(ClusterClient client)
    {
        foreach (var name in new[] { "ocid-system", "ocid-agent", RevisionSecret.DefaultNamespace })
            await client.CreateAsync(Resources.Namespaces, new NamespaceObject { Metadata = new V1ObjectMeta { Name = name } }, default);
        await Parallel.ForEachAsync(Enumerable.Range(0, FleetSize), async (index, ct) =>
        {
            var name = $"n{index:d4}";
            var labels = Enumerable.Range(0, 12).ToDictionary(label => $"example.com/label-{label}", label => $"value-{label}-{index}");
            await client.CreateAsync(Resources.Nodes, new Node { Metadata = new V1ObjectMeta { Name = name, Labels = labels } }, ct);
            await client.CreateAsync(Resources.Pods, new Pod
            {
                Metadata = new V1ObjectMeta { Name = $"agent-{name}", NamespaceProperty = "ocid-agent", Labels = new Dictionary<string, string> { ["app.kubernetes.io/component"] = "agent" } },
                Spec = new Pod.PodSpec { NodeName = name, Containers = [new Pod.Container { Name = "agent", Image = "ocid" }] },
            }, ct);
        });
    }

    private static Task<RuntimeConfig> ConfigureAsync(ClusterClient client, long limit) => client.CreateAsync(Resources.RuntimeConfigs, new RuntimeConfig
    {
        Metadata = new V1ObjectMeta { Name = "all" },
        Spec = new RuntimeConfigSpec { Settings = new SettingsSpec { PidsLimit = limit }, Rollout = new RolloutSpec { SoakSeconds = 0, MaxUnavailable = "20%" } },
    }, default);

    private static Task<RuntimeConfig?> ReadyAsync(ClusterClient client, OcidProcess process) => Eventually.GetAsync(
        "every node is updated",
        () => client.GetAsync(Resources.RuntimeConfigs, Key.Cluster("all"), default),
        config => config?.Status is { Updated: FleetSize } status && status.ObservedGeneration == config.Metadata.Generation && status.Conditions!.Any(condition => condition is { Type: "Ready", Status: "True" })
            || (process.HasExited ? throw new InvalidOperationException(File.ReadAllText(process.Output)) : false),
        Patience);

    // What the agents would write, in the number of writes that they take.
    private static async Task AnswerAsync(ClusterClient client, CancellationToken ct)
    {
        var cache = new ObjectCache<RuntimeNode>(client, Resources.RuntimeNodes, TimeProvider.System);
        var waiting = new BlockingCollection<RuntimeNode>();
        using var changes = cache.Subscribe(change =>
        {
            if (change.After is { Spec.DesiredRevision: { } wanted } node && node.Status?.ObservedGeneration != node.Metadata.Generation && node.Status?.CurrentRevision != wanted)
                waiting.Add(node);
        });
        var following = cache.RunAsync(ct);
        var seen = new ConcurrentDictionary<(string, long?), bool>();
        var answering = Parallel.ForEachAsync(waiting.GetConsumingEnumerable(ct).Where(node => seen.TryAdd((node.Metadata.Name!, node.Metadata.Generation), true)), ct, async (node, token) =>
        {
            foreach (var phase in Steps)
                await client.MergePatchAsync(Resources.RuntimeNodes, Key.Of(node.Metadata), new JsonObject { ["status"] = Status(node, phase) }, token, status: true);
        });
        await Task.WhenAll(following, answering);
    }

    private static JsonObject Status(RuntimeNode node, NodePhase phase) => new()
    {
        ["observedGeneration"] = node.Metadata.Generation,
        ["phase"] = phase.ToString(),
        ["currentRevision"] = phase is NodePhase.Updated or NodePhase.Verifying ? node.Spec.DesiredRevision : node.Status?.CurrentRevision,
        ["lastGoodRevision"] = phase is NodePhase.Updated ? node.Spec.DesiredRevision : node.Status?.LastGoodRevision,
        ["message"] = "",
        ["conditions"] = new JsonArray([.. new[] { "Staged", "Applied", "Reloaded", "Verified", "Updated", "Degraded", "Drifted" }.Select(type => (JsonNode?)new JsonObject
        {
            ["type"] = type,
            ["status"] = "True",
            ["reason"] = "Test",
            ["message"] = "",
            ["lastTransitionTime"] = "2026-11-29T00:00:00Z",
        })]),
    };
}
