using Ocid.Primitives;

namespace Ocid.Images.Pulling;

/// <summary>A pull that several callers wait for; it is cancelled when the last of them gives up.</summary>
internal sealed class SharedPull : IProgress<PullProgress>, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IProgress<PullProgress>> _watchers = [];
    private int _waiting = 1;
    private Task<PulledImage>? _work;

    public SharedPull(ImageReference reference, IProgress<PullProgress>? progress)
    {
        Reference = reference;
        if (progress is not null)
            _watchers.Add(progress);
    }

    public ImageReference Reference { get; }

    /// <summary>Adds a caller; false when the last has left.</summary>
    public bool TryJoin(IProgress<PullProgress>? progress)
    {
        lock (_gate)
        {
            if (_waiting == 0)
                return false;
            _waiting++;
            if (progress is not null)
                _watchers.Add(progress);
            return true;
        }
    }

    /// <summary>Adds somebody who watches and does not wait for the result.</summary>
    public void Watch(IProgress<PullProgress> watcher)
    {
        lock (_gate)
            _watchers.Add(watcher);
    }

    /// <summary>Waits for the result; the first caller starts the work.</summary>
    public Task<PulledImage> WaitAsync(Func<SharedPull, CancellationToken, Task<PulledImage>> work, CancellationToken ct)
    {
        lock (_gate)
            _work ??= Task.Run(() => work(this, _stop.Token), CancellationToken.None);
        return _work.WaitAsync(ct);
    }

    /// <summary>Takes a caller away, and says whether it was the last: then <see cref="DisposeAsync"/> is due.</summary>
    public bool Leave(IProgress<PullProgress>? progress)
    {
        lock (_gate)
        {
            if (progress is not null)
                _watchers.Remove(progress);
            return --_waiting == 0;
        }
    }

    /// <summary>Cancels work that still runs, and waits until it has cleaned up.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_work is not null)
            await ((Task)_work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _stop.Dispose();
    }

    public void Report(PullProgress value)
    {
        IProgress<PullProgress>[] watchers;
        lock (_gate)
            watchers = [.. _watchers];
        foreach (var watcher in watchers)
            watcher.Report(value);
    }
}
