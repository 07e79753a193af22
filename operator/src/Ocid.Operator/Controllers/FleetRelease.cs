using System.Text.Json.Nodes;
using System.Threading.Channels;
using Ocid.Cluster.Api;
using Ocid.Cluster.Caches;
using Ocid.Cluster.Entities;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Controllers;

/// <summary>Has every node give back what ocid put onto it. A node that does not is left with its RuntimeNode, so that it can be looked at and released later.</summary>
internal sealed class FleetRelease(ClusterClient client, ClusterScope scope, TimeProvider time)
{
    private readonly ObjectCache<RuntimeNode> _nodes = new(client, Resources.RuntimeNodes, time);
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <param name="patience">How long the nodes have.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ReleaseOutcome> RunAsync(TimeSpan patience, CancellationToken ct)
    {
        await MarkAsync(ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var following = _nodes.RunAsync(stop.Token);
        try
        {
            await _nodes.Synced.WaitAsync(ct);
            using var changes = _nodes.Subscribe(_ => _changed.Writer.TryWrite(true));
            await WaitAsync(patience, ct);
        }
        finally
        {
            await stop.CancelAsync();
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await CleanAsync(ct);
    }

    // The operator that is running would make anew what is deleted here.
    private async Task MarkAsync(CancellationToken ct)
    {
        var mark = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [ReleaseMark.Releasing] = "true" } } };
        try
        {
            await client.MergePatchAsync(Resources.ConfigMaps, new Key(scope.Namespace, ReleaseMark.ConfigMap), mark, ct);
        }
        catch (ApiException absent) when (absent.Failure is ApiFailure.NotFound)
        {
            // Not installed by the chart: whoever runs an operator by hand has stopped it.
        }
    }

    private async Task WaitAsync(TimeSpan patience, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            while (true)
            {
                foreach (var node in _nodes.All.Where(node => !node.Spec.Release || ReleaseMark.IsOurs(node)))
                    await AskAsync(node, either.Token);
                if (_nodes.All.All(IsDone))
                    return;
                await _changed.Reader.ReadAsync(either.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Who is not done by now is told.
        }
    }

    private async Task AskAsync(RuntimeNode node, CancellationToken ct)
    {
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [ReleaseMark.Annotation] = null } },
            ["spec"] = new JsonObject { ["release"] = true },
        };
        try
        {
            _nodes.Observe(await client.MergePatchAsync(Resources.RuntimeNodes, Key.Of(node.Metadata), patch, ct));
        }
        catch (ApiException gone) when (gone.Failure is ApiFailure.NotFound)
        {
            // With its Node.
        }
    }

    private async Task<ReleaseOutcome> CleanAsync(CancellationToken ct)
    {
        var left = new List<(string, string)>();
        var released = 0;
        foreach (var node in (await client.ListAsync(Resources.RuntimeNodes, Scope.All, ct)).Items ?? [])
        {
            if (!IsDone(node))
            {
                left.Add((node.Metadata.Name!, Why(node)));
                continue;
            }

            await client.DeleteAsync(Resources.RuntimeNodes, Key.Of(node.Metadata), ct);
            released++;
        }

        // A node that has something yet may need its revision.
        var revisions = left.Count > 0 ? [] : (await client.ListAsync(Resources.Secrets, new Scope { Namespace = scope.RevisionsNamespace }, ct)).Items ?? [];
        foreach (var secret in revisions.Where(secret => RevisionSecrets.HashOf(secret) is not null))
            await client.DeleteAsync(Resources.Secrets, Key.Of(secret.Metadata), ct);
        return new ReleaseOutcome(released, left);
    }

    private static bool IsDone(RuntimeNode node) =>
        node.Spec.Release && node.Status is { Phase: NodePhase.Released or NodePhase.Unsupported } status && status.ObservedGeneration == node.Metadata.Generation;

    private static string Why(RuntimeNode node) => node.Status switch
    {
        null => "its agent says nothing",
        { Message.Length: > 0 } status => $"{status.Phase}: {status.Message}",
        { } status when status.ObservedGeneration != node.Metadata.Generation => $"its agent has not answered since; it was {status.Phase}",
        { } status => $"it is {status.Phase}",
    };
}
