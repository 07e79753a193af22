using System.Text.Json.Nodes;
using Ocid.Cluster.Api;
using Ocid.Cluster.Entities.Core;
using Ocid.Operator.Controllers;
using Ocid.Operator.Tests.Commands;

namespace Ocid.Operator.Tests.Controllers;

public sealed class FleetControllerTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    public static TheoryData<string> Steps => [.. Enum.GetNames<OperatorStep>()];

    private sealed class KilledException : Exception;

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task An_operator_that_dies_after_any_step_is_followed_by_one_that_goes_on(string name)
    {
        var step = Enum.Parse<OperatorStep>(name);
        await using var cluster = await LiveCluster.StartAsync(Names);
        using var end = new CancellationTokenSource();
        var killed = new TaskCompletionSource();
        var operating = OperateTwiceAsync(cluster, step, killed, end.Token);

        await cluster.ConfigureAsync("all", 100);
        foreach (var limit in new[] { 200, 300, 400, 500 })
        {
            await cluster.ReadyAsync("all");
            await cluster.LimitAsync("all", limit);
        }

        await cluster.ReadyAsync("all");
        (await cluster.RuntimeNodesAsync()).Select(node => node.Status!.CurrentRevision).Distinct().Should().ContainSingle();
        await LiveCluster.UntilAsync("three revisions are kept", async () => (await cluster.Client.ListAsync(Resources.Secrets, new Scope { Namespace = cluster.Scope.RevisionsNamespace }, default)).Items!.Count == 3);
        await cluster.Client.DeleteAsync(Resources.RuntimeConfigs, Key.Cluster("all"), default);
        await LiveCluster.UntilAsync("no node has anything", async () => (await cluster.RuntimeNodesAsync()).Count == 0);

        killed.Task.IsCompleted.Should().BeTrue($"{step} was reached");
        await end.CancelAsync();
        await operating;
    }

    [Fact]
    public async Task A_roll_out_writes_each_RuntimeNode_once_and_idle_nothing_is_written()
    {
        await using var cluster = await LiveCluster.StartAsync([.. Enumerable.Range(0, 20).Select(index => $"n{index:d2}")]);
        using var end = new CancellationTokenSource();
        var operating = OperateAsync(cluster, end.Token);
        await cluster.ConfigureAsync("all", 100);
        await cluster.ReadyAsync("all");
        var before = cluster.Api.Calls.Count;

        await cluster.LimitAsync("all", 200);
        await cluster.ReadyAsync("all");

        var writes = cluster.Api.Calls.Skip(before).Where(call => call.Method is "PATCH" or "POST" && call.Path.Contains("/runtimenodes/", StringComparison.Ordinal) && !call.Path.EndsWith("/status", StringComparison.Ordinal)).ToList();
        writes.Select(call => call.Path).Should().OnlyHaveUniqueItems().And.HaveCount(20);

        // A kubelet says that it is there, as it does all the time.
        await Task.Delay(TimeSpan.FromSeconds(2));
        var version = cluster.Api.Version;
        for (var beat = 0; beat < 5; beat++)
            await cluster.Client.MergePatchAsync(Resources.Nodes, Key.Cluster("n00"), new JsonObject { ["status"] = new JsonObject { ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True", ["message"] = $"{beat}" }) } }, default, status: true);
        await Task.Delay(TimeSpan.FromSeconds(2));
        (cluster.Api.Version - version).Should().Be(5);
        await end.CancelAsync();
        await operating;
    }

    [Fact]
    public async Task An_operator_that_takes_over_tells_nothing_again_and_misses_nothing()
    {
        string[] stages = ["CanaryPassed", "CanaryStarted", "RevisionRendered", "RolloutCompleted"];
        await using var cluster = await LiveCluster.StartAsync(Names);
        await cluster.ConfigureAsync("all", 100);
        foreach (var (rollout, limit) in new[] { (1, 200), (2, 300) })
        {
            using var end = new CancellationTokenSource();
            var operating = OperateAsync(cluster, end.Token);
            await LiveCluster.UntilAsync($"roll-out {rollout} is told", async () => (await EventsAsync(cluster)).Count(happened => happened.Reason == "RolloutCompleted") == rollout);
            await end.CancelAsync();
            await operating;
            await cluster.LimitAsync("all", limit);
        }

        var events = await EventsAsync(cluster);
        events.Select(happened => happened.Reason).Order(StringComparer.Ordinal).Should().Equal(stages.SelectMany(stage => new[] { stage, stage }));
        events.Should().OnlyContain(happened => happened.Series == null, "each is told once");
    }

    [Fact]
    public async Task Release_has_every_node_give_back_what_it_has_beside_an_operator_that_runs()
    {
        await using var cluster = await LiveCluster.StartAsync(Names);
        using var end = new CancellationTokenSource();
        var operating = OperateAsync(cluster, end.Token);
        await cluster.ConfigureAsync("all", 100);
        await cluster.ReadyAsync("all");

        var outcome = await new FleetRelease(cluster.Client, cluster.Scope, TimeProvider.System).RunAsync(TimeSpan.FromMinutes(1), default);

        outcome.Should().BeEquivalentTo(new { Released = 4, Left = Array.Empty<object>() });
        await cluster.LimitAsync("all", 200);
        await Task.Delay(TimeSpan.FromSeconds(2));
        (await cluster.RuntimeNodesAsync()).Should().BeEmpty("the operator leaves alone what is going");
        (await cluster.Client.ListAsync(Resources.Secrets, new Scope { Namespace = cluster.Scope.RevisionsNamespace }, default)).Items.Should().BeEmpty();
        await end.CancelAsync();
        await operating;
    }

    [Fact]
    public async Task Release_names_the_node_that_does_not_answer_and_keeps_what_it_may_need()
    {
        await using var cluster = await LiveCluster.StartAsync(Names);
        using (var end = new CancellationTokenSource())
        {
            var operating = OperateAsync(cluster, end.Token);
            await cluster.ConfigureAsync("all", 100);
            await cluster.ReadyAsync("all");
            await end.CancelAsync();
            await operating;
        }

        cluster.Silence("b");
        var outcome = await new FleetRelease(cluster.Client, cluster.Scope, TimeProvider.System).RunAsync(TimeSpan.FromSeconds(5), default);

        outcome.Released.Should().Be(3);
        outcome.Left.Should().ContainSingle().Which.Should().Be(("b", "its agent has not answered since; it was Updated"));
        (await cluster.RuntimeNodesAsync()).Should().ContainSingle().Which.Metadata.Name.Should().Be("b");
        (await cluster.Client.ListAsync(Resources.Secrets, new Scope { Namespace = cluster.Scope.RevisionsNamespace }, default)).Items.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Plan_and_explain_ask_the_cluster_and_a_manifest_changes_what_it_has()
    {
        await using var cluster = await LiveCluster.StartAsync(Names);
        await cluster.ConfigureAsync("all", 100);
        using (var end = new CancellationTokenSource())
        {
            var operating = OperateAsync(cluster, end.Token);
            await cluster.ReadyAsync("all");
            await end.CancelAsync();
            await operating;
        }

        var kubeconfig = Path.GetTempFileName();
        await File.WriteAllTextAsync(kubeconfig, $$$"""
            current-context: c
            contexts: [{name: c, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "{{{cluster.Api.Address}}}"}}]
            users: [{name: u, user: {}}]
            """);
        const string Change = "apiVersion: ocid.dev/v1alpha1\nkind: RuntimeConfig\nmetadata: {name: all}\nspec: {nodeSelector: {}, settings: {pidsLimit: 7}}\n";

        (await CommandLine.RunAsync("plan", "--kubeconfig", kubeconfig)).Output.Should().StartWith("no change: revision ").And.EndWith(" on a, b, c, d\n");
        (await CommandLine.RunAsync("explain", "a", "--kubeconfig", kubeconfig)).Output.Should().Contain("settings.pidsLimit  100  all@1");
        var changed = await CommandLine.RunAsync(new StringReader(Change), "plan", "--kubeconfig", kubeconfig, "--cluster", "-f", "-");
        (changed.Code, changed.Error).Should().Be((0, ""));
        File.Delete(kubeconfig);
        changed.Output.Should().StartWith("Reload: revision ").And.Contain("-pids_limit = 100").And.Contain("+pids_limit = 7");
    }

    private static async Task<IReadOnlyList<ClusterEvent>> EventsAsync(LiveCluster cluster) => (await cluster.Client.ListAsync(Resources.Events, Scope.All, default)).Items!;

    private static async Task OperateAsync(LiveCluster cluster, CancellationToken ct) =>
        await cluster.OperateAsync(_ => { }, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static async Task OperateTwiceAsync(LiveCluster cluster, OperatorStep step, TaskCompletionSource killed, CancellationToken ct)
    {
        var first = () => cluster.OperateAsync(reached => { if (reached == step) throw new KilledException(); }, ct);
        await first.Should().ThrowAsync<KilledException>();
        killed.SetResult();
        await OperateAsync(cluster, ct);
    }
}
