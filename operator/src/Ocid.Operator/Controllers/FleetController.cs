using Microsoft.Extensions.Logging;
using Ocid.Cluster.Api;
using Ocid.Cluster.Metrics;
using Ocid.Cluster.Queues;
using Ocid.Operator.Planning;
using Ocid.Operator.Rendering;
using Ocid.Primitives;

namespace Ocid.Operator.Controllers;

/// <summary>
/// Brings RuntimeConfigs to the nodes, as the one leader. Level-triggered: each look takes everything that is known, decides, and writes what is not there yet; it keeps nothing
/// that another operator would have to know.
/// </summary>
internal sealed partial class FleetController
{
    private const string Fleet = "fleet";

    // Many nodes report at once: they are looked at together.
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    private readonly ClusterClient _client;
    private readonly ClusterCaches _caches;
    private readonly ClusterWrites _writes;
    private readonly Renderer _renderer;
    private readonly TimeProvider _time;
    private readonly Snapshots _snapshots;
    private readonly UnmatchedNodes _unmatched;
    private readonly ReconcileMetrics? _metrics;
    private readonly QueueMetrics? _queue;
    private readonly ILogger _log;

    public FleetController(ClusterClient client, ClusterCaches caches, ClusterWrites writes, Renderer renderer, FleetOptions options, TimeProvider time, ClusterMetrics? metrics, ILogger log)
    {
        (_client, _caches, _writes, _renderer, _time, _log) = (client, caches, writes, renderer, time, log);
        _snapshots = new Snapshots(options.Protected);
        _unmatched = new UnmatchedNodes(options.ReleaseAfter);
        (_metrics, _queue) = (metrics?.Reconciles(Fleet), metrics?.Queue(Fleet));
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using var backlog = new Backlog<string>(_time, BackOff.Default, _queue);
        await _caches.Synced.WaitAsync(ct);
        await CatchUpAsync(ct);
        using var changes = _caches.Subscribe(() => backlog.AddAfter(Fleet, Gather));
        backlog.Add(Fleet);
        while (true)
        {
            var key = await backlog.TakeAsync(ct);
            var began = _time.GetTimestamp();
            try
            {
                var again = await LookAsync(ct);
                backlog.Succeeded(key);
                if (again is { } wait)
                {
                    backlog.AddAfter(key, wait);
                    _metrics?.RequeuedAfter(_time.GetElapsedTime(began));
                }
                else
                {
                    _metrics?.Succeeded(_time.GetElapsedTime(began));
                }
            }
            catch (OcidException failure) when (!ct.IsCancellationRequested)
            {
                // Nothing is lost: the next look finds what is missing.
                _metrics?.Failed(_time.GetElapsedTime(began));
                LogFailure(_log, failure.Message, backlog.Failed(key));
            }
        }
    }

    // What another leader wrote a moment ago may not have come by the watch yet: more nodes than may be would be told, and events twice.
    private async Task CatchUpAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                foreach (var node in (await _client.ListAsync(Resources.RuntimeNodes, Scope.All, ct)).Items ?? [])
                    _caches.Observe(node);
                foreach (var config in (await _client.ListAsync(Resources.RuntimeConfigs, Scope.All, ct)).Items ?? [])
                    _caches.Observe(config);
                return;
            }
            catch (ApiException failure)
            {
                LogFailure(_log, failure.Message, TimeSpan.FromSeconds(1));
                await Task.Delay(TimeSpan.FromSeconds(1), _time, ct);
            }
        }
    }

    /// <returns>When to look again; null where only a change helps.</returns>
    private async Task<TimeSpan?> LookAsync(CancellationToken ct)
    {
        var objects = _caches.Objects;
        if (objects.IsBeingUninstalled)
            return null;
        var now = _time.GetUtcNow();
        var plan = WritePlan.Of(objects, FleetOutlook.Of(_snapshots.Of(objects), _renderer), _unmatched, now);
        if (!await _writes.WriteAsync(plan, ct))
            return TimeSpan.FromSeconds(1);
        return plan.LookAgainAt is { } next ? Max(next - now, TimeSpan.FromMilliseconds(1)) : null;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}; again in {Wait}")]
    private static partial void LogFailure(ILogger log, string reason, TimeSpan wait);
}
