using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Ocid.Cluster.Api;
using Ocid.Cluster.Caches;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Testing;
using Ocid.Cluster.Testing.Requests;

namespace Ocid.Cluster.Tests.Caches;

public sealed class ObjectCacheTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ApiDouble _api = new();
    private readonly CancellationTokenSource _stop = new(Patience * 3);
    private readonly List<string> _heard = [];
    private readonly List<Task> _running = [];
    private Kubernetes _connection = null!;
    private ClusterClient _client = null!;

    public async Task InitializeAsync()
    {
        await _api.StartAsync();
        _connection = _api.Connect();
        _client = new ClusterClient(_connection);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _api.DisposeAsync();
    }

    public void Dispose()
    {
        _connection.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task It_has_what_there_is_and_hears_of_what_changes()
    {
        await CreateAsync("a");
        var cache = await StartAsync();
        cache.All.Select(node => node.Metadata.Name).Should().Equal("a");

        var before = cache.All;
        await CreateAsync("b");
        await AskAsync("a", "0123456789abcdef");
        await _client.DeleteAsync(Resources.RuntimeNodes, Key.Cluster("b"), _stop.Token);

        await HeardAsync("+a", "+b", "~a", "-b");
        cache.Find(Key.Cluster("a"))!.Spec.DesiredRevision.Should().Be("0123456789abcdef");
        cache.Find(Key.Cluster("b")).Should().BeNull();
        before.Select(node => node.Spec.DesiredRevision).Should().Equal([null], "a snapshot does not change");
    }

    [Fact]
    public async Task A_cut_watch_goes_on_where_it_was_without_a_list()
    {
        await StartAsync();
        await WatchesAsync();

        _api.CutWatches();
        await CreateAsync("a");

        await HeardAsync("+a");
        _api.Calls.Count(call => call is { IsWatch: false, Method: "GET" }).Should().Be(1);
    }

    [Fact]
    public async Task A_deletion_is_seen_even_when_the_server_forgot_it()
    {
        await CreateAsync("a");
        await CreateAsync("b");
        await CreateAsync("c");
        await StartAsync();
        await WatchesAsync();

        _api.Faults = call => call.IsWatch ? new Fault.Refuse(RefusalException.TooMany("later")) : null;
        _api.CutWatches();
        await _client.DeleteAsync(Resources.RuntimeNodes, Key.Cluster("a"), _stop.Token);
        await _client.DeleteAsync(Resources.RuntimeNodes, Key.Cluster("b"), _stop.Token);
        await CreateAsync("b");
        await AskAsync("c", "0123456789abcdef");
        _api.Compact();
        _api.Faults = _ => null;

        await HeardAsync("+a", "+b", "+c", "~b", "~c", "-a");
    }

    [Fact]
    public async Task A_server_that_is_away_is_waited_for_and_what_is_known_stays()
    {
        await CreateAsync("a");
        var cache = await StartAsync();
        await WatchesAsync();

        await _api.StopAsync();
        await EventuallyAsync("the trouble is told", () => cache.Trouble == "GET apis/ocid.dev/v1alpha1/runtimenodes: Connection refused");
        cache.All.Should().HaveCount(1);
        await _api.StartAsync();
        await CreateAsync("b");

        await HeardAsync("+a", "+b");
        await EventuallyAsync("the trouble is over", () => cache.Trouble is null);
    }

    [Fact]
    public async Task It_waits_for_a_server_that_is_not_there_yet()
    {
        _api.Faults = _ => new Fault.Cut();
        var cache = NewCache();
        _running.Add(cache.RunAsync(_stop.Token));
        await EventuallyAsync("it tried", () => cache.Trouble is not null);
        cache.Synced.IsCompleted.Should().BeFalse();

        _api.Faults = _ => null;

        await cache.Synced.WaitAsync(Patience);
    }

    [Fact]
    public async Task Everything_is_compared_anew_once_in_a_while()
    {
        await CreateAsync("a");
        await StartAsync(new CacheOptions<RuntimeNode> { Resync = TimeSpan.FromSeconds(1) });

        await HeardAsync("+a", "=a", "=a");
    }

    [Fact]
    public async Task What_was_written_is_known_at_once_and_an_older_watch_does_not_undo_it()
    {
        await CreateAsync("a");
        _api.Faults = call => call.IsWatch ? new Fault.Silence() : null;
        var cache = await StartAsync();

        cache.Observe(await AskAsync("a", "0123456789abcdef"));
        cache.Find(Key.Cluster("a"))!.Spec.DesiredRevision.Should().Be("0123456789abcdef");
        var late = await AskAsync("a", "1111111111111111");
        await AskAsync("a", "2222222222222222");
        _api.Faults = _ => null;
        _api.CutWatches();
        await EventuallyAsync("the watch has caught up", () => cache.Find(Key.Cluster("a"))!.Spec.DesiredRevision == "2222222222222222");
        cache.Observe(late);

        cache.Find(Key.Cluster("a"))!.Spec.DesiredRevision.Should().Be("2222222222222222");
        await HeardAsync("+a", "~a", "~a", "~a");
    }

    [Fact]
    public async Task What_was_written_does_not_come_back_after_its_deletion()
    {
        var cache = await StartAsync();
        await WatchesAsync();
        var written = await CreateAsync("a");
        await _client.DeleteAsync(Resources.RuntimeNodes, Key.Cluster("a"), _stop.Token);
        await HeardAsync("+a", "-a");

        cache.Observe(written);

        cache.All.Should().BeEmpty();
    }

    [Fact]
    public async Task More_than_a_page_is_all_there_and_trimmed()
    {
        for (var i = 0; i < 1001; i++)
            await CreateAsync($"n-{i}");

        var cache = await StartAsync(new CacheOptions<RuntimeNode> { Trim = node => new RuntimeNode { Metadata = new V1ObjectMeta { Name = node.Metadata.Name, ResourceVersion = node.Metadata.ResourceVersion } } });

        cache.All.Should().HaveCount(1001).And.OnlyContain(node => node.Metadata.Uid == null);
        _api.Calls.Count(call => call is { IsWatch: false, Method: "GET" }).Should().Be(3);
    }

    private ObjectCache<RuntimeNode> NewCache(CacheOptions<RuntimeNode>? options = null)
    {
        var cache = new ObjectCache<RuntimeNode>(_client, Resources.RuntimeNodes, TimeProvider.System, options);
        cache.Subscribe(change =>
        {
            lock (_heard)
                _heard.Add(change switch { { Before: null } => "+", { After: null } => "-", _ when ReferenceEquals(change.Before, change.After) => "=", _ => "~" } + change.Key);
        });
        return cache;
    }

    private async Task<ObjectCache<RuntimeNode>> StartAsync(CacheOptions<RuntimeNode>? options = null)
    {
        var cache = NewCache(options);
        _running.Add(cache.RunAsync(_stop.Token));
        await cache.Synced.WaitAsync(Patience);
        return cache;
    }

    private Task<RuntimeNode> CreateAsync(string name) => _client.CreateAsync(Resources.RuntimeNodes, new RuntimeNode { Metadata = new V1ObjectMeta { Name = name } }, _stop.Token);

    private Task<RuntimeNode> AskAsync(string name, string revision) =>
        _client.MergePatchAsync(Resources.RuntimeNodes, Key.Cluster(name), new JsonObject { ["spec"] = new JsonObject { ["desiredRevision"] = revision } }, _stop.Token);

    private Task WatchesAsync() => EventuallyAsync("it watches", () => _api.Watches == 1);

    // In any order among those that a list brings.
    private async Task HeardAsync(params string[] all)
    {
        await EventuallyAsync($"heard {string.Join(' ', all)}", () =>
        {
            lock (_heard)
                return all.Length <= _heard.Count;
        });
        lock (_heard)
            _heard.Take(all.Length).Should().BeEquivalentTo(all);
    }

    private async Task EventuallyAsync(string what, Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            patience.IsCancellationRequested.Should().BeFalse($"{what}; heard: {string.Join(' ', _heard)}");
            await Task.Delay(20);
        }
    }
}
