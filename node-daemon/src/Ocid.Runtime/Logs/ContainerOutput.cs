using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Runtime.Logs;

// The output streams of one container and its log file. The loop says when there is something to do; at most one worker at a
// time does it, so the file needs no lock and a stalled disk holds one worker.
internal sealed class ContainerOutput : IDisposable
{
    private const int Budget = 256 * 1024;
    private const int MostFailures = 10;

    private readonly EventLoop _loop;
    private readonly LogWorkers _workers;
    private readonly TimeProvider _time;
    private readonly string? _logPath;
    private readonly Action<string>? _onFailure;
    private readonly List<StreamPump> _streams = [];
    private readonly List<EventWatch> _watches = [];
    private readonly List<TaskCompletionSource> _reopenings = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AppendFile? _log;
    private bool _dirty;
    private bool _pumping;
    private bool _paused = true;
    private bool _resting;
    private bool _disposed;
    private int _failures;

    /// <param name="loop">The loop, on which all public members are called.</param>
    /// <param name="workers">Who writes.</param>
    /// <param name="time">The clock of the log's timestamps.</param>
    /// <param name="log">The open log; null when it is opened with the first output, behind what a killed writer left whole.</param>
    /// <param name="logPath">Where the log is; null when the container has none, then its output is read and dropped.</param>
    /// <param name="onFailure">Told when output begins to be dropped, and when that has ended.</param>
    public ContainerOutput(EventLoop loop, LogWorkers workers, TimeProvider time, AppendFile? log, string? logPath, Action<string>? onFailure)
    {
        _loop = loop;
        Subscribers = new SubscriberSet(loop);
        _workers = workers;
        _time = time;
        _log = log;
        _logPath = logPath;
        _onFailure = onFailure;
    }

    /// <summary>How many bytes the log may have; 0 for no limit.</summary>
    public long LogLimit { get; init; }

    /// <summary>How long a log that cannot be written is left alone.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    public SubscriberSet Subscribers { get; }

    /// <summary>The streams that have not ended.</summary>
    public IEnumerable<StreamPump> OpenStreams => _streams.Where(stream => !stream.Ended);

    /// <summary>Completes when every stream has ended and is in the log.</summary>
    public Task Ended => _ended.Task;

    public void Add(StreamPump stream) => _streams.Add(stream);

    /// <summary>Begins to read.</summary>
    public void Resume()
    {
        _paused = false;
        foreach (var stream in OpenStreams)
        {
            Descriptor.SetNonBlocking(stream.Reader);
            _watches.Add(_loop.Watch(stream.Reader, EventMask.Read | EventMask.EdgeTriggered, events => Arrived(stream, events)));
        }

        Kick();
    }

    /// <summary>Stops reading; completes when no worker is at it.</summary>
    public async Task PauseAsync(TimeSpan limit)
    {
        _paused = true;
        StopWatching();
        var idle = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        while (_pumping && Environment.TickCount64 < idle)
            await Task.Delay(2);
    }

    /// <summary>Looks at the pipes again.</summary>
    public void Kick()
    {
        _dirty = true;
        if (_pumping || _paused || _resting || _disposed)
            return;
        _pumping = true;
        _dirty = false;
        _workers.Enqueue(Pump);
    }

    /// <summary>A new file at the log's path; nothing more goes to the old one.</summary>
    public Task ReopenAsync()
    {
        if (_logPath is null)
            return Task.CompletedTask;
        var reopened = new TaskCompletionSource();
        lock (_reopenings)
            _reopenings.Add(reopened);
        Kick();
        return reopened.Task;
    }

    /// <summary>Lets go of everything; of what a worker is at, once that has done with it.</summary>
    public void Dispose()
    {
        _disposed = true;
        StopWatching();
        Subscribers.Close(null);
        foreach (var waiting in TakeReopenings())
            waiting.SetException(new OcidException(ErrorKind.FailedPrecondition, $"reopen {_logPath}: its container is gone"));
        _ended.TrySetResult();
        if (!_pumping)
            CloseFiles();
    }

    private void Arrived(StreamPump stream, EventMask events)
    {
        if (events.HasFlag(EventMask.HangUp))
            stream.MarkWritersGone();
        Kick();
    }

    private void StopWatching()
    {
        foreach (var watch in _watches)
            watch.Dispose();
        _watches.Clear();
    }

    private void CloseFiles()
    {
        foreach (var stream in _streams)
            stream.Dispose();
        _log?.Dispose();
    }

    private TaskCompletionSource[] TakeReopenings()
    {
        lock (_reopenings)
        {
            TaskCompletionSource[] taken = [.. _reopenings];
            _reopenings.Clear();
            return taken;
        }
    }

    // On a worker. Everything that follows from it is done on the loop.
    private void Pump(PumpBuffers buffers)
    {
        try
        {
            var more = PumpAll(buffers);
            _loop.Post(() => Pumped(more));
        }
        catch (Exception failure) // whatever is wrong with one container's log must not end the monitor of all
        {
            _loop.Post(() => PumpFailed(failure));
        }
    }

    private bool PumpAll(PumpBuffers buffers)
    {
        try
        {
            Reopen();
            _log ??= OpenAgain();
            var more = false;
            foreach (var stream in OpenStreams)
                more |= stream.Pump(buffers, _log, Subscribers, _time, Budget);
            return more;
        }
        catch when (_failures >= MostFailures)
        {
            foreach (var stream in OpenStreams)
                stream.Discard(buffers);
            throw;
        }
    }

    private AppendFile? OpenAgain()
    {
        if (_logPath is null)
            return null;
        AppendFile.CutTornLine(_logPath);
        return AppendFile.Open(_logPath, LogLimit);
    }

    private void Reopen()
    {
        var waiting = TakeReopenings();
        if (waiting.Length == 0)
            return;
        try
        {
            var reopened = AppendFile.Open(_logPath!, LogLimit);
            _log?.Dispose();
            _log = reopened;
            _loop.Post(() => Array.ForEach(waiting, one => one.TrySetResult()));
        }
        catch (OcidException failure)
        {
            _loop.Post(() => Array.ForEach(waiting, one => one.TrySetException(failure)));
        }
    }

    // False when the container was let go of meanwhile.
    private bool EndPump()
    {
        _pumping = false;
        if (_disposed)
            CloseFiles();
        return !_disposed;
    }

    private void Pumped(bool more)
    {
        if (!EndPump())
            return;
        if (_failures > MostFailures)
            _onFailure?.Invoke($"{_logPath} can be written again");
        _failures = 0;
        foreach (var stream in _streams.Where(stream => stream.Ended))
            Subscribers.Close(stream.Name);
        if (_streams.TrueForAll(stream => stream.Ended))
        {
            StopWatching();
            _ended.TrySetResult();
        }

        if (more || _dirty || _reopenings.Count > 0)
            Kick();
    }

    // A full or broken disk slows the container for some seconds; after that its output is dropped until the disk takes it
    // again, as a stuck container helps nobody.
    private void PumpFailed(Exception failure)
    {
        if (!EndPump())
            return;
        if (_failures++ == MostFailures)
            _onFailure?.Invoke($"{_logPath} cannot be written, output is dropped until it can: {failure.Message}");
        _resting = true;
        _loop.After(RetryAfter, () =>
        {
            _resting = false;
            Kick();
        });
    }
}
