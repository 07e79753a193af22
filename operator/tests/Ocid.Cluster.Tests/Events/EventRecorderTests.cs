using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using Ocid.Cluster.Api;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;
using Ocid.Cluster.Events;
using Ocid.Cluster.Testing;
using Ocid.Cluster.Testing.Requests;

namespace Ocid.Cluster.Tests.Events;

public sealed class EventRecorderTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly ObjectReference Config = new() { ApiVersion = "ocid.dev/v1alpha1", Kind = "RuntimeConfig", Name = "default", Uid = "u" };

    private readonly ApiDouble _api = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly CancellationTokenSource _stop = new(Patience * 2);
    private Kubernetes _connection = null!;
    private EventRecorder _events = null!;
    private Task _running = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        await _api.StartAsync();
        _connection = _api.Connect();
        // The calls' own limits are not what is tested here.
        _events = new EventRecorder(new ClusterClient(_connection), "ocid.dev/operator", "operator-0", _time);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _api.DisposeAsync();
    }

    public void Dispose()
    {
        _connection.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task What_happened_is_told_and_repetitions_are_counted_once_a_minute()
    {
        _running = _events.RunAsync(_stop.Token);
        _events.Record(Config, "RolloutPaused", "3 of 9 nodes have rev-1", isWarning: true);
        var first = (await EventsAsync(all => all.Count == 1))[0];
        first.Should().BeEquivalentTo(new { Reason = "RolloutPaused", Note = "3 of 9 nodes have rev-1", Type = "Warning", Regarding = Config, EventTime = _time.GetUtcNow(), Series = (object?)null });
        first.Metadata.NamespaceProperty.Should().Be("default");
        first.Metadata.Name.Should().StartWith("default.");

        _time.Advance(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 50; i++)
            _events.Record(Config, "RolloutPaused", "3 of 9 nodes have rev-1", isWarning: true);
        var last = _time.GetUtcNow();
        await PassAsync(async () => (await EventsAsync(all => all.Count == 1))[0].Series is not null);

        var repeated = (await EventsAsync(all => all.Count == 1))[0];
        repeated.Series.Should().Be(new ClusterEvent.EventSeries { Count = 51, LastObservedTime = last });
        _api.Calls.Count(call => call.IsWrite).Should().Be(2);
    }

    [Fact]
    public async Task What_is_another_message_or_much_later_is_another_event()
    {
        _running = _events.RunAsync(_stop.Token);
        _events.Record(Config, "RefMissing", "secret a");
        _events.Record(Config, "RefMissing", "secret b");
        await EventsAsync(all => all.Count == 2);

        _time.Advance(TimeSpan.FromMinutes(7));
        _events.Record(Config, "RefMissing", "secret a");

        await EventsAsync(all => all.Count == 3);
    }

    [Fact]
    public async Task Who_records_never_waits_and_what_is_too_much_is_counted()
    {
        for (var i = 0; i < 1007; i++)
            _events.Record(Config, "NodeDone", $"node {i}");

        _events.Dropped.Should().Be(7);
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Of_one_object_25_things_are_told_and_then_one_every_five_minutes_warnings_apart()
    {
        for (var i = 0; i < 30; i++)
            _events.Record(Config, "NodeDone", $"node {i}");
        _events.Record(Config, "BudgetExhausted", "2 nodes failed", isWarning: true);
        _running = _events.RunAsync(_stop.Token);
        await EventsAsync(all => all.Count == 26);
        _events.Dropped.Should().Be(5);

        _time.Advance(TimeSpan.FromMinutes(5));
        _events.Record(Config, "NodeDone", "node 31");

        await EventsAsync(all => all.Count == 27);
    }

    [Fact]
    public async Task A_server_that_is_away_gets_it_later_and_what_it_refuses_is_dropped()
    {
        _api.Faults = _ => new Fault.Cut();
        _running = _events.RunAsync(_stop.Token);
        _events.Record(Config, "NodeDone", "node 1");
        await EventuallyAsync(() => _api.Calls.Count > 0);
        _api.Faults = _ => null;
        await PassAsync(async () => (await EventsAsync(_ => true)).Count == 1);

        _events.Record(new ObjectReference { Kind = "Pod", Name = "p", Namespace = "no-such-namespace" }, "NodeDone", "node 2");

        await EventuallyAsync(() => _events.Dropped == 1);
    }

    [Fact]
    public async Task A_long_message_is_cut()
    {
        _running = _events.RunAsync(_stop.Token);

        _events.Record(Config, "NodeDone", string.Concat(Enumerable.Repeat("é😀", 400)));

        var note = (await EventsAsync(all => all.Count == 1))[0].Note!;
        System.Text.Encoding.UTF8.GetByteCount(note).Should().BeInRange(1000, 1024);
        note.Should().EndWith("…").And.NotContain("\uFFFD");
    }

    [Fact]
    public void A_reference_names_the_very_object() =>
        ObjectReference.To(Resources.RuntimeConfigs, new RuntimeConfig { Metadata = new V1ObjectMeta { Name = "default", Uid = "u" } }).Should().Be(Config);

    private async Task<IReadOnlyList<ClusterEvent>> EventsAsync(Func<IReadOnlyList<ClusterEvent>, bool> areThere)
    {
        var client = new ClusterClient(_connection);
        while (true)
        {
            var events = (await client.ListAsync(Resources.Events, Scope.All, _stop.Token)).Items!;
            if (areThere(events))
                return events;
            await Task.Delay(20, _stop.Token);
        }
    }

    private async Task PassAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            await Task.Delay(50, _stop.Token);
            _time.Advance(TimeSpan.FromSeconds(5));
        }
    }

    private async Task EventuallyAsync(Func<bool> isSo)
    {
        while (!isSo())
            await Task.Delay(20, _stop.Token);
    }
}
