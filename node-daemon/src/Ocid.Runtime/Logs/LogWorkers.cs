namespace Ocid.Runtime.Logs;

// The threads that write logs. A write blocks when its disk does, so a job that has waited gets a thread of its own, up to a limit;
// threads that find nothing to do for a while end.
internal sealed class LogWorkers : IDisposable
{
    private const int MostThreads = 32;
    private static readonly TimeSpan StartAnotherAfter = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan EndIdleAfter = TimeSpan.FromSeconds(20);

    // Also what idle threads wait at.
    private readonly object _gate = new();
    private readonly Queue<Action<PumpBuffers>> _jobs = new();
    private readonly Timer _stalled;
    private int _threads;
    private int _idle;
    private bool _watching;
    private bool _disposed;

    public LogWorkers() => _stalled = new Timer(_ => StartForWaiting());

    /// <summary>Runs a job after those before it; drops it once the workers are disposed. Jobs do not throw.</summary>
    public void Enqueue(Action<PumpBuffers> job)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _jobs.Enqueue(job);
            if (_threads == 0)
                Start();
            else if (_jobs.Count > _idle && !_watching)
                Watch();
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Runs a function on a worker.</summary>
    public Task<T> RunAsync<T>(Func<T> function)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(_ =>
        {
            try
            {
                done.SetResult(function());
            }
            catch (Exception failure) // handed to whoever awaits
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _stalled.Dispose();
            Monitor.PulseAll(_gate);
        }
    }

    private void StartForWaiting()
    {
        lock (_gate)
        {
            _watching = false;
            if (_disposed || _jobs.Count == 0 || _threads >= MostThreads)
                return;
            Start();
            Watch();
        }
    }

    private void Watch()
    {
        _watching = true;
        _stalled.Change(StartAnotherAfter, Timeout.InfiniteTimeSpan);
    }

    private void Start()
    {
        _threads++;
        new Thread(Work, 256 * 1024) { IsBackground = true, Name = "ocid-log" }.Start();
    }

    private void Work()
    {
        using var buffers = new PumpBuffers();
        while (TryTake(out var job))
            job(buffers);
    }

    private bool TryTake(out Action<PumpBuffers> job)
    {
        lock (_gate)
        {
            _idle++;
            var end = Environment.TickCount64 + (long)EndIdleAfter.TotalMilliseconds;
            while (_jobs.Count == 0 && !_disposed && end - Environment.TickCount64 is > 0 and var left)
                Monitor.Wait(_gate, (int)left);
            _idle--;
            var taken = _jobs.Count > 0 && !_disposed;
            if (!taken)
                _threads--;
            job = taken ? _jobs.Dequeue() : null!;
            return taken;
        }
    }
}
