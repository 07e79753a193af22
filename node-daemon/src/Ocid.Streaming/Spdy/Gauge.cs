namespace Ocid.Streaming.Spdy;

/// <summary>Counts bytes that are held, and lets one party wait until they are few enough.</summary>
internal sealed class Gauge(long limit)
{
    private readonly Lock _gate = new();
    private long _held;
    private TaskCompletionSource? _waiting;

    public void Add(int count)
    {
        lock (_gate)
            _held += count;
    }

    public void Remove(int count)
    {
        TaskCompletionSource? wake = null;
        lock (_gate)
        {
            _held -= count;
            if (_held <= limit)
                (wake, _waiting) = (_waiting, null);
        }

        wake?.TrySetResult();
    }

    /// <summary>Completes when no more than the limit is held.</summary>
    public Task WhenBelowLimitAsync()
    {
        lock (_gate)
        {
            return _held <= limit
                ? Task.CompletedTask
                : (_waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
