using k8s;
using k8s.Models;
using Ocid.Cluster.Api;
using Ocid.Cluster.Elections;
using Ocid.Cluster.Entities.Core;
using Ocid.Cluster.Metrics;
using Ocid.Cluster.Testing;
using Ocid.Cluster.Testing.Requests;

namespace Ocid.Cluster.Tests.Elections;

public sealed class ElectionTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Key At = new("default", "operator");

    // The usual ones, four times as fast: whole seconds are what a Lease can say.
    private static readonly ElectionTimes Times = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(0.5));

    private readonly ApiDouble _api = new();
    private readonly CancellationTokenSource _stop = new(Patience);
    private readonly Prometheus.CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private Kubernetes _connection = null!;
    private int _leaders;
    private int _mostLeaders;

    public async Task InitializeAsync()
    {
        await _api.StartAsync();
        _connection = _api.Connect();
    }

    public async Task DisposeAsync()
    {
        await _api.DisposeAsync();
    }

    public void Dispose()
    {
        _connection.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task One_leads_and_gives_the_lease_back_at_its_end()
    {
        var first = Start("a");
        await first.Led.Task.WaitAsync(Patience);
        (await MetricsAsync()).Should().Contain("leader_election_master_status{name=\"operator\"} 1");
        var second = Start("b");
        await EventuallyAsync("the second asked", () => _api.Calls.Count(call => call.Method == "GET") > 2);
        Holder().Should().Be("a");
        second.Led.Task.IsCompleted.Should().BeFalse();

        await first.Stop.CancelAsync();
        await FluentActions.Awaiting(() => first.Running.WaitAsync(Patience)).Should().ThrowAsync<OperationCanceledException>();
        Holder().Should().BeOneOf("", "b");
        await second.Led.Task.WaitAsync(Patience);

        Holder().Should().Be("b");
        ((int?)_api.Find("leases", At)!["spec"]!["leaseTransitions"]).Should().Be(1);
        _mostLeaders.Should().Be(1);
        await EndAsync(second);
    }

    [Fact]
    public async Task One_that_can_no_longer_renew_ends_before_another_begins()
    {
        var first = Start("a", connection => _api.Connect());
        await first.Led.Task.WaitAsync(Patience);

        // The lead is lost for want of an answer, and another has it when the lease is over.
        _api.Faults = _ => new Fault.Cut();
        await first.Lost.Task.WaitAsync(Patience);
        await first.Stop.CancelAsync();
        _api.Faults = _ => null;
        var second = Start("b");
        await second.Led.Task.WaitAsync(Patience);

        Holder().Should().Be("b");
        _mostLeaders.Should().Be(1);
        await EndAsync(second);
        await EndAsync(first);
    }

    [Fact]
    public async Task One_whose_lease_is_taken_stops_and_waits_for_its_turn()
    {
        var first = Start("a");
        await first.Led.Task.WaitAsync(Patience);
        var client = new ClusterClient(_connection);

        await client.MergePatchAsync(Resources.Leases, At, new() { ["spec"] = new System.Text.Json.Nodes.JsonObject { ["holderIdentity"] = "usurper" } }, _stop.Token);
        await first.Lost.Task.WaitAsync(Patience);
        first.Led = new TaskCompletionSource();
        await first.Led.Task.WaitAsync(Patience);

        Holder().Should().Be("a", "the other renews nothing");
        await EndAsync(first);
    }

    [Fact]
    public async Task A_Lease_that_a_chart_brought_is_taken_and_what_is_written_on_it_stays()
    {
        var brought = new Lease { Metadata = new V1ObjectMeta { Name = At.Name, NamespaceProperty = At.Namespace, Labels = new Dictionary<string, string> { ["app"] = "ocid" } } };
        await new ClusterClient(_connection).CreateAsync(Resources.Leases, brought, _stop.Token);

        var first = Start("a");
        await first.Led.Task.WaitAsync(Patience);

        Holder().Should().Be("a");
        ((string?)_api.Find("leases", At)!["metadata"]!["labels"]!["app"]).Should().Be("ocid");
        await EndAsync(first);
    }

    [Fact]
    public async Task A_lead_that_fails_gives_the_lease_back_and_says_why()
    {
        var election = new Election(new ClusterClient(_connection), At, "a", TimeProvider.System, times: Times);

        await FluentActions.Awaiting(() => election.RunAsync(_ => throw new InvalidOperationException("broken"), _stop.Token)).Should().ThrowAsync<InvalidOperationException>().WithMessage("broken");

        Holder().Should().BeEmpty();
        election.IsLeader.Should().BeFalse();
    }

    [Fact]
    public void No_two_processes_are_of_one_identity() => Election.NewIdentity().Should().NotBe(Election.NewIdentity());

    private Contender Start(string identity, Func<Kubernetes, Kubernetes>? connect = null)
    {
        var contender = new Contender();
        var election = new Election(new ClusterClient(connect?.Invoke(_connection) ?? _connection), At, identity, TimeProvider.System, metrics: new ClusterMetrics(_registry), times: Times);
        contender.Running = election.RunAsync(ct => LeadAsync(contender, ct), contender.Stop.Token);
        return contender;
    }

    private async Task LeadAsync(Contender contender, CancellationToken ct)
    {
        var leaders = Interlocked.Increment(ref _leaders);
        _mostLeaders = Math.Max(_mostLeaders, leaders);
        contender.Led.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, ct);
        }
        finally
        {
            Interlocked.Decrement(ref _leaders);
            contender.Lost.TrySetResult();
        }
    }

    private static async Task EndAsync(Contender contender)
    {
        await contender.Stop.CancelAsync();
        await contender.Running.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private string? Holder() => (string?)_api.Find("leases", At)!["spec"]!["holderIdentity"];

    private async Task<string> MetricsAsync()
    {
        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    private async Task EventuallyAsync(string what, Func<bool> isSo)
    {
        while (!isSo())
        {
            _stop.IsCancellationRequested.Should().BeFalse(what);
            await Task.Delay(20);
        }
    }

    private sealed class Contender
    {
        public CancellationTokenSource Stop { get; } = new(Patience);

        public TaskCompletionSource Led { get; set; } = new();

        public TaskCompletionSource Lost { get; } = new();

        public Task Running { get; set; } = Task.CompletedTask;
    }
}
