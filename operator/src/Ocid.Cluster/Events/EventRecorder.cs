using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Cluster.Api;
using Ocid.Cluster.Entities.Core;

namespace Ocid.Cluster.Events;

/// <summary>
/// Writes Events. Repetitions are counted in the first one's series, at most once a minute; who records never waits, and what is too much of one object is dropped and counted: an
/// event is a courtesy to people, the state is in the conditions.
/// </summary>
/// <param name="client">The API server.</param>
/// <param name="controller">Who says so, such as <c>ocid.dev/operator</c>.</param>
/// <param name="instance">Which of them.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Says what was dropped.</param>
public sealed partial class EventRecorder(ClusterClient client, string controller, string instance, TimeProvider time, ILogger? log = null)
{
    private const int MostWaiting = 1000;
    private const int MostSequences = 4096;
    private const int LongestNote = 1024;
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan OneSequence = TimeSpan.FromMinutes(6);

    private readonly ILogger _log = log ?? NullLogger.Instance;
    private readonly Channel<(EventKey Key, DateTimeOffset At)> _waiting = Channel.CreateBounded<(EventKey, DateTimeOffset)>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Dictionary<EventKey, EventSequence> _sequences = [];
    private readonly EventBudget _budget = new(time);
    private long _dropped;

    /// <summary>How many were dropped.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Notes that something happened to an object.</summary>
    /// <param name="about">The object.</param>
    /// <param name="reason">Why, in one word.</param>
    /// <param name="message">What, for people.</param>
    /// <param name="isWarning">Whether somebody should look.</param>
    public void Record(ObjectReference about, string reason, string message, bool isWarning = false)
    {
        if (!_waiting.Writer.TryWrite((new EventKey(about, reason, Cut(message), isWarning), time.GetUtcNow())))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>Writes what is recorded, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            await WaitAsync(ct);
            while (_waiting.Reader.TryRead(out var noted))
                Count(noted.Key, noted.At);
            foreach (var (key, sequence) in _sequences.ToArray())
                await TellAsync(key, sequence, ct);
        }
    }

    // For something new, or until repetitions that were not told yet can be.
    private async Task WaitAsync(CancellationToken ct)
    {
        var due = _sequences.Values.Where(sequence => sequence.IsDue).Select(sequence => (DateTimeOffset?)sequence.WrittenAt + BetweenWrites).Min();
        if (due is not { } at)
        {
            await _waiting.Reader.WaitToReadAsync(ct);
            return;
        }

        if (at <= time.GetUtcNow())
            return;
        using var limit = new TimeLimit(time, at - time.GetUtcNow(), ct);
        try
        {
            await _waiting.Reader.WaitToReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // It is time.
        }
    }

    private void Count(EventKey key, DateTimeOffset at)
    {
        foreach (var (old, sequence) in _sequences.Where(entry => entry.Value.Last + OneSequence < at && !entry.Value.IsDue).ToArray())
            _sequences.Remove(old);
        if (!_sequences.TryGetValue(key, out var known))
        {
            if (_sequences.Count == MostSequences || !_budget.TryTake(key))
            {
                Interlocked.Increment(ref _dropped);
                return;
            }

            _sequences[key] = known = new EventSequence { First = at };
        }

        known.Count++;
        known.Last = at;
    }

    private async Task TellAsync(EventKey key, EventSequence sequence, CancellationToken ct)
    {
        if (!sequence.IsDue || sequence.WrittenAt + BetweenWrites > time.GetUtcNow())
            return;
        sequence.WrittenAt = time.GetUtcNow();
        try
        {
            sequence.Written = sequence.Written is { } written
                ? await client.MergePatchAsync(Resources.Events, Key.Of(written.Metadata), NewEvent.Series(sequence), ct)
                : await client.CreateAsync(Resources.Events, NewEvent.Of(key, sequence, controller, instance), ct);
        }
        catch (ApiException failure) when (failure.Failure is ApiFailure.Unavailable or ApiFailure.TooMany)
        {
            LogLater(_log, key.Reason, failure.Message);
        }
        catch (ApiException failure)
        {
            // It was deleted, or is refused for good.
            _sequences.Remove(key);
            Interlocked.Increment(ref _dropped);
            LogDropped(_log, key.Reason, failure.Message);
        }
    }

    private static string Cut(string message)
    {
        if (Encoding.UTF8.GetByteCount(message) <= LongestNote)
            return message;
        var end = message.Length;
        while (Encoding.UTF8.GetByteCount(message.AsSpan(0, end)) > LongestNote - 3)
            end--;
        return message[..(char.IsHighSurrogate(message[end - 1]) ? end - 1 : end)] + "…";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "event {Reason} is written later: {Failure}")]
    private static partial void LogLater(ILogger log, string reason, string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "event {Reason} is dropped: {Failure}")]
    private static partial void LogDropped(ILogger log, string reason, string failure);
}
