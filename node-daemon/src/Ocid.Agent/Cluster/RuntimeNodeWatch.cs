using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Ocid.Agent.Cluster.Wire;
using Ocid.Primitives;

namespace Ocid.Agent.Cluster;

/// <summary>This node's object, whenever it is another, and once in a while all the same: each watch begins with a list, so that nothing that was missed stays missed.</summary>
/// <param name="api">The API server.</param>
/// <param name="name">The node.</param>
/// <param name="time">For the pauses after failures.</param>
/// <param name="log">For the failures.</param>
internal sealed partial class RuntimeNodeWatch(ClusterApi api, string name, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Watch = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>The object as it is; null where there is none. It goes on until it is cancelled, whatever becomes of the API server.</summary>
    public async IAsyncEnumerable<RuntimeNodeObject?> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var pause = FirstPause;
        while (true)
        {
            await using var watch = OnceAsync(ct).GetAsyncEnumerator(ct);
            while (await NextAsync(watch, ct).ConfigureAwait(false) is { } seen)
            {
                if (seen.Failure is { } failure)
                {
                    LogFailure(log, failure.Message);
                    await Task.Delay(pause, time, ct).ConfigureAwait(false);
                    pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                    break;
                }

                pause = FirstPause;
                yield return seen.Node;
            }
        }
    }

    private async IAsyncEnumerable<RuntimeNodeObject?> OnceAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var (node, version) = await api.FindNodeAsync(name, ct).ConfigureAwait(false);
        yield return node;
        await foreach (var change in api.WatchNodeAsync(name, version, Watch, ct).ConfigureAwait(false))
        {
            if (change.Type is "ADDED" or "MODIFIED")
                yield return change.Object;
            else if (change.Type == "DELETED")
                yield return null;
            else if (change.Type != "BOOKMARK")
                yield break; // 410 Gone among others: list again
        }
    }

    // What an iterator may not do itself: catch around a yield.
    private static async Task<Seen?> NextAsync(IAsyncEnumerator<RuntimeNodeObject?> watch, CancellationToken ct)
    {
        try
        {
            return await watch.MoveNextAsync().ConfigureAwait(false) ? new Seen(watch.Current, null) : null;
        }
        catch (OcidException failure)
        {
            return new Seen(null, failure);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null; // the watch's own limit
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}; this node keeps what it has")]
    private static partial void LogFailure(ILogger log, string reason);

    private sealed record Seen(RuntimeNodeObject? Node, OcidException? Failure);
}
