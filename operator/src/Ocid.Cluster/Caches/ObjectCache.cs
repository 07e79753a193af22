using k8s.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Cluster.Api;
using Ocid.Cluster.Queues;

namespace Ocid.Cluster.Caches;

/// <summary>
/// What the API server has of a resource, kept up to date: a list, then watches, and the list again when the server no longer knows where the watch was, and once in a while.
/// Every list is compared with what was known, so that nothing that was missed stays missed, deletions included.
/// </summary>
/// <param name="client">The API server.</param>
/// <param name="resource">The resource.</param>
/// <param name="time">The clock of waits.</param>
/// <param name="options">Which objects, and what is kept of them.</param>
/// <param name="log">For failures.</param>
/// <typeparam name="T">The object.</typeparam>
public sealed partial class ObjectCache<T>(ClusterClient client, Resource<T> resource, TimeProvider time, CacheOptions<T>? options = null, ILogger? log = null)
    where T : class, IMetadata<V1ObjectMeta>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly BackOff Pauses = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    private readonly CacheOptions<T> _options = options ?? new CacheOptions<T>();
    private readonly ILogger _log = log ?? NullLogger.Instance;
    private readonly ObjectSet<T> _objects = new();
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _failures;

    /// <summary>Ends when everything was listed once.</summary>
    public Task Synced => _synced.Task;

    /// <summary>Why the API server cannot be followed at the moment; null where it can.</summary>
    public string? Trouble { get; private set; }

    /// <summary>All objects, as they were when asked: it does not change afterwards.</summary>
    public IReadOnlyCollection<T> All => _objects.Snapshot();

    /// <summary>An object; null where there is none.</summary>
    public T? Find(Key key) => _objects.Find(key);

    /// <summary>Tells of every change, beginning with what is there. The subscriber is called under the cache's lock: it notes what is to be done, and returns.</summary>
    /// <returns>Disposed, it hears no more.</returns>
    public IDisposable Subscribe(Action<Change<T>> subscriber) => _objects.Subscribe(subscriber);

    /// <summary>Takes an object as the API server answered a write of one's own, so that the next look does not write it again. What the watch knows better stays.</summary>
    public void Observe(T written)
    {
        ArgumentNullException.ThrowIfNull(written);
        _objects.Observe(_options.Trim is { } trim ? trim(written) : written);
    }

    /// <summary>Follows the API server until it is cancelled, whatever becomes of the server.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await ListAsync(ct);
                await WatchAsync(time.GetUtcNow() + _options.Resync, ct);
            }
            catch (ApiException failure)
            {
                await PauseAsync(failure, ct);
            }
        }
    }

    private async Task ListAsync(CancellationToken ct)
    {
        var list = await client.ListAsync(resource, _options.Scope, ct, _options.Trim);
        _objects.Become(list.Items ?? [], list.Metadata.ResourceVersion);
        Follows();
        _synced.TrySetResult();
    }

    // Until everything is to be listed again.
    private async Task WatchAsync(DateTimeOffset until, CancellationToken ct)
    {
        while (time.GetUtcNow() < until)
        {
            using var resync = new TimeLimit(time, until - time.GetUtcNow(), ct);
            try
            {
                await WatchOnceAsync(resync.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return;
            }
            catch (ApiException gone) when (gone.Failure is ApiFailure.Gone)
            {
                LogGone(_log, resource.Plural);
                return;
            }
            catch (ApiException failure) when (failure.Failure is ApiFailure.Unavailable or ApiFailure.TooMany)
            {
                await PauseAsync(failure, ct);
            }
        }
    }

    private async Task WatchOnceAsync(CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var told = _objects.Told;
        await foreach (var seen in client.WatchAsync(resource, _options.Scope, told, ct))
        {
            _objects.Apply(seen, _options.Trim);
            Follows();
        }

        if (time.GetElapsedTime(began) < Shortest && _objects.Told == told)
            throw new ApiException(ApiFailure.Unavailable, $"watch {resource}: it ended at once");
    }

    private void Follows()
    {
        Trouble = null;
        _failures = 0;
    }

    // Up to as long again, so that not everybody comes back at one moment.
    private async Task PauseAsync(ApiException failure, CancellationToken ct)
    {
        Trouble = failure.Message;
        var pause = Pauses.After(++_failures);
        if (failure.RetryAfter is { } wanted && wanted > pause)
            pause = wanted;
        LogTrouble(_log, failure.Message);
        await Task.Delay(pause * (1 + Random.Shared.NextDouble()), time, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}; what is known stays in use")]
    private static partial void LogTrouble(ILogger log, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Resource}: the watch is too old, everything is listed again")]
    private static partial void LogGone(ILogger log, string resource);
}
