using System.Net;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Ocid.Cluster.Api;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Metrics;
using Ocid.Cluster.Testing;
using Ocid.Cluster.Testing.Requests;
using Prometheus;

namespace Ocid.Cluster.Tests.Api;

/// <summary>What becomes of a call when something goes wrong.</summary>
public sealed class ClusterClientTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ApiDouble _api = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly CollectorRegistry _registry = Prometheus.Metrics.NewCustomRegistry();
    private readonly CancellationTokenSource _stop = new(Patience * 2);
    private Kubernetes _connection = null!;
    private ClusterClient _client = null!;

    private static Key Node => Key.Cluster("n");

    public async Task InitializeAsync()
    {
        await _api.StartAsync();
        _connection = _api.Connect();
        _client = new ClusterClient(_connection, _time, new ClusterMetrics(_registry));
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

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task It_comes_again_when_the_server_says_so(HttpStatusCode code)
    {
        _api.Faults = call => _api.Calls.Count < 3 ? new Fault.Refuse(new RefusalException(code, "", "busy") { RetryAfterSeconds = 3 }) : null;

        var create = _client.CreateAsync(Resources.RuntimeNodes, New(), _stop.Token);
        await PassAsync(create, TimeSpan.FromSeconds(3));

        (await create).Metadata.Uid.Should().NotBeNull();
        _api.Calls.Should().HaveCount(3);
        (await MetricsAsync()).Should().Contain($"rest_client_requests_total{{code=\"{(int)code}\",method=\"POST\",host=\"127.0.0.1:{_api.Address.Port}\"}} 2")
            .And.Contain($"rest_client_requests_total{{code=\"201\",method=\"POST\",host=\"127.0.0.1:{_api.Address.Port}\"}} 1");
    }

    [Fact]
    public async Task It_gives_up_after_a_while_and_says_when_to_come_again()
    {
        _api.Faults = _ => new Fault.Refuse(RefusalException.TooMany("busy", retryAfterSeconds: 1));

        var get = _client.GetAsync(Resources.RuntimeNodes, Node, _stop.Token);
        await PassAsync(get, TimeSpan.FromSeconds(1));

        (await FailureAsync(() => get)).Should().Match<ApiException>(failure => failure.Failure == ApiFailure.TooMany && failure.RetryAfter == TimeSpan.FromSeconds(1));
        _api.Calls.Should().HaveCount(5);
    }

    [Fact]
    public async Task A_budgets_refusal_is_told_at_once()
    {
        _api.Faults = _ => new Fault.Refuse(RefusalException.TooMany("Cannot evict pod as it would violate the pod's disruption budget."));

        var failure = await FailureAsync(() => _client.DeleteAsync(Resources.Pods, new Key("default", "p"), _stop.Token));

        failure.Message.Should().Be("DELETE api/v1/namespaces/default/pods/p: Cannot evict pod as it would violate the pod's disruption budget.");
        failure.Failure.Should().Be(ApiFailure.TooMany);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unavailable()
    {
        await _api.StopAsync();

        var failure = await FailureAsync(() => _client.GetAsync(Resources.RuntimeNodes, Node, _stop.Token));

        failure.Failure.Should().Be(ApiFailure.Unavailable);
        failure.Message.Should().Be("GET apis/ocid.dev/v1alpha1/runtimenodes/n: Connection refused");
        (await MetricsAsync()).Should().Contain("rest_client_requests_total{code=\"<error>\",method=\"GET\"");
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_unavailable()
    {
        _api.Faults = _ => new Fault.CutAfter();

        (await FailureAsync(() => _client.CreateAsync(Resources.RuntimeNodes, New(), _stop.Token))).Failure.Should().Be(ApiFailure.Unavailable);

        _api.Faults = _ => null;
        (await _client.GetAsync(Resources.RuntimeNodes, Node, _stop.Token)).Should().NotBeNull("it was done all the same");
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_unavailable_after_a_minute()
    {
        _api.Faults = _ => new Fault.Silence();

        var get = _client.GetAsync(Resources.RuntimeNodes, Node, _stop.Token);
        await PassAsync(get, TimeSpan.FromSeconds(30));

        (await FailureAsync(() => get)).Message.Should().Be("GET apis/ocid.dev/v1alpha1/runtimenodes/n: no answer within 60 s");
    }

    [Theory]
    [InlineData("<html>a proxy</html>")]
    [InlineData("null")]
    [InlineData("{\"metadata\":{\"name\":7}}")]
    public async Task An_answer_that_is_none_is_unavailable(string text)
    {
        _api.Faults = _ => new Fault.Garbage(text);

        (await FailureAsync(() => _client.GetAsync(Resources.RuntimeNodes, Node, _stop.Token))).Failure.Should().Be(ApiFailure.Unavailable);
    }

    [Fact]
    public async Task A_list_whose_pages_grow_too_old_is_asked_for_at_once()
    {
        for (var i = 0; i < 501; i++)
            await _client.CreateAsync(Resources.RuntimeNodes, New($"n-{i}"), _stop.Token);
        var lists = 0;
        _api.Faults = call =>
        {
            if (lists++ == 1)
                _api.Compact();
            return null;
        };

        (await _client.ListAsync(Resources.RuntimeNodes, Scope.All, _stop.Token)).Items.Should().HaveCount(501);
        lists.Should().Be(3);
    }

    [Fact]
    public async Task A_watch_that_hears_nothing_for_long_ends()
    {
        _api.Faults = call => call.IsWatch ? new Fault.Silence() : null;

        var watch = ReadAsync("1");
        await PassAsync(watch, TimeSpan.FromSeconds(30));

        (await watch).Should().BeEmpty();
    }

    [Fact]
    public async Task A_watch_that_is_cut_says_so()
    {
        var watch = ReadAsync("1");
        await EventuallyAsync(() => _api.Watches == 1);

        _api.CutWatches();

        (await FailureAsync(() => watch)).Failure.Should().Be(ApiFailure.Unavailable);
    }

    [Theory]
    [InlineData("{\"type\":\"ADDED\"}\n")]
    [InlineData("{\"type\":\"STRANGE\",\"object\":{}}\n")]
    [InlineData("{\"type\":\"ADDED\",\"object\":{\"metadata\":{}}}\n")]
    [InlineData("nonsense\n")]
    [InlineData("\n")]
    public async Task A_watch_of_something_else_is_unavailable(string line)
    {
        _api.Faults = _ => new Fault.Garbage(line);

        (await FailureAsync(() => ReadAsync("1"))).Failure.Should().Be(ApiFailure.Unavailable);
    }

    [Fact]
    public async Task An_event_may_say_its_object_first_and_the_end_may_be_in_the_middle_of_a_line()
    {
        _api.Faults = _ => new Fault.Garbage("{\"object\":{\"metadata\":{\"name\":\"n\",\"resourceVersion\":\"7\"}},\"type\":\"ADDED\"}\n{\"type\":\"ADD");

        var seen = await ReadAsync("1");

        seen.Should().ContainSingle().Which.Should().Match<WatchEvent<RuntimeNode>>(one => one.Kind == WatchEventKind.Added && one.Version == "7" && one.Object!.Metadata.Name == "n");
    }

    [Fact]
    public async Task A_reader_that_is_slow_keeps_nobody_else_waiting()
    {
        using var response = await _connection.HttpClient.GetAsync(new Uri(_api.Address, "apis/ocid.dev/v1alpha1/runtimenodes?watch=true"), HttpCompletionOption.ResponseHeadersRead, _stop.Token);
        var large = New();
        large.Metadata.Annotations = new Dictionary<string, string> { ["large"] = new('x', 200_000) };
        await _client.CreateAsync(Resources.RuntimeNodes, large, _stop.Token);

        for (var i = 0; i < 50; i++)
            await _client.MergePatchAsync(Resources.RuntimeNodes, Node, new() { ["metadata"] = new System.Text.Json.Nodes.JsonObject { ["labels"] = new System.Text.Json.Nodes.JsonObject { ["i"] = $"{i}" } } }, _stop.Token);

        var seen = await _client.WatchAsync(Resources.RuntimeNodes, Scope.All, "5", _stop.Token).Take(51).ToListAsync(_stop.Token);
        seen[^1].Object!.Metadata.Labels.Should().Contain("i", "49");
    }

    [Fact]
    public async Task A_token_of_a_file_is_sent_and_a_wrong_one_refused()
    {
        _api.WantsToken = true;
        _api.Reviewer.Know("right", "operator");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $$"""
            apiVersion: v1
            kind: Config
            current-context: c
            contexts: [{name: c, context: {cluster: k, user: u} }]
            clusters: [{name: k, cluster: {server: "{{_api.Address}}"} }]
            users: [{name: u, user: {token: right} }]
            """);
        try
        {
            using var known = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(file));
            (await new ClusterClient(known).GetAsync(Resources.RuntimeNodes, Node, _stop.Token)).Should().BeNull();
            using var unknown = _api.Connect("wrong");
            (await FailureAsync(() => new ClusterClient(unknown).GetAsync(Resources.RuntimeNodes, Node, _stop.Token))).Failure.Should().Be(ApiFailure.Forbidden);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_key_that_does_not_fit_the_resource_is_the_callers_mistake()
    {
        await FluentActions.Awaiting(() => _client.GetAsync(Resources.RuntimeNodes, new Key("default", "n"), _stop.Token)).Should().ThrowAsync<ArgumentException>();
        await FluentActions.Awaiting(() => _client.GetAsync(Resources.Secrets, Node, _stop.Token)).Should().ThrowAsync<ArgumentException>();
    }

    private static RuntimeNode New(string name = "n") => new() { Metadata = new V1ObjectMeta { Name = name } };

    private async Task<List<WatchEvent<RuntimeNode>>> ReadAsync(string version) => await _client.WatchAsync(Resources.RuntimeNodes, Scope.All, version, _stop.Token).ToListAsync(_stop.Token);

    private static async Task<ApiException> FailureAsync(Func<Task> act) => (await act.Should().ThrowAsync<ApiException>()).Which;

    // The clock goes on while the call waits.
    private async Task PassAsync(Task call, TimeSpan step)
    {
        while (!call.IsCompleted)
        {
            await Task.Delay(50, _stop.Token);
            _time.Advance(step);
        }
    }

    private async Task EventuallyAsync(Func<bool> isSo)
    {
        while (!isSo())
            await Task.Delay(20, _stop.Token);
    }

    private async Task<string> MetricsAsync()
    {
        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
