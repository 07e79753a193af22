using System.Runtime.InteropServices;

namespace Ocid.Linux;

/// <summary>
/// One thread that waits by epoll for descriptors and timers, and runs what was posted to it. It is the writer of
/// everything its handlers touch: awaits inside them come back to it. Handlers must not block.
/// </summary>
public sealed class EventLoop : IDisposable
{
    private const int Batch = 64;
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16; // packed on x86-64 only
    private static readonly Lazy<EventLoop> SharedLoop = new(() => new EventLoop("ocid-events"));

    private readonly FileDescriptor _epoll;
    private readonly FileDescriptor _wake;
    private readonly Thread _thread;
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, EventWatch> _watches = [];
    private readonly PriorityQueue<EventTimer, long> _timers = new();
    private List<Action> _posted = [];
    private List<Action> _running = [];
    private ulong _lastToken;
    private volatile bool _stopping;

    /// <summary>Starts the thread.</summary>
    /// <param name="name">The thread's name, at most 15 bytes as the kernel keeps it.</param>
    public EventLoop(string name)
    {
        _epoll = new FileDescriptor(Syscall.Check(Libc.epoll_create1(Libc.EPOLL_CLOEXEC), "epoll_create1"));
        _wake = new FileDescriptor(Syscall.Check(Libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK), "eventfd"));
        Control(Libc.EPOLL_CTL_ADD, _wake, EventMask.Read, 0);
        _thread = new Thread(Run, 512 * 1024) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>The loop of everything in this process that needs no thread of its own.</summary>
    public static EventLoop Shared => SharedLoop.Value;

    /// <summary>Whether the caller runs on the loop's thread.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>Runs <paramref name="action"/> on the loop, after what was posted before.</summary>
    public void Post(Action action)
    {
        bool first;
        lock (_gate)
        {
            first = _posted.Count == 0;
            _posted.Add(action);
        }

        if (first)
            Wake();
    }

    /// <summary>Runs an asynchronous function on the loop; its awaits come back to the loop.</summary>
    public Task InvokeAsync(Func<Task> function) => InvokeAsync(async () =>
    {
        await function();
        return true;
    });

    /// <summary>Runs an asynchronous function on the loop and hands its result to the caller's context.</summary>
    public Task<T> InvokeAsync<T>(Func<Task<T>> function)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() => _ = Run(function, done));
        return done.Task;

        // Never fails itself: its outcome is the task that was returned.
        static async Task Run(Func<Task<T>> function, TaskCompletionSource<T> done)
        {
            try
            {
                done.SetResult(await function());
            }
            catch (OperationCanceledException cancelled)
            {
                done.SetCanceled(cancelled.CancellationToken);
            }
            catch (Exception failure) // handed to whoever awaits
            {
                done.SetException(failure);
            }
        }
    }

    /// <summary>Calls <paramref name="handler"/> on the loop whenever one of the events is there. The watch must be disposed before the descriptor.</summary>
    public EventWatch Watch(FileDescriptor descriptor, EventMask events, Action<EventMask> handler)
    {
        EventWatch watch;
        lock (_gate)
        {
            watch = new EventWatch(this, ++_lastToken, descriptor, handler);
            _watches.Add(watch.Token, watch);
        }

        try
        {
            Control(Libc.EPOLL_CTL_ADD, descriptor, events, watch.Token);
        }
        catch (LinuxException)
        {
            Forget(watch);
            throw;
        }

        return watch;
    }

    /// <summary>Calls <paramref name="action"/> on the loop once, after <paramref name="delay"/>; never when the result was disposed before.</summary>
    public IDisposable After(TimeSpan delay, Action action)
    {
        var timer = new EventTimer(action);
        var due = Environment.TickCount64 + (long)Math.Ceiling(delay.TotalMilliseconds);
        if (IsCurrent)
            _timers.Enqueue(timer, due);
        else
            Post(() => _timers.Enqueue(timer, due));
        return timer;
    }

    /// <summary>Ends the thread after the handler that runs now.</summary>
    public void Dispose()
    {
        _stopping = true;
        Wake();
        if (!IsCurrent)
            _thread.Join();
    }

    internal unsafe void Control(int operation, FileDescriptor descriptor, EventMask events, ulong token)
    {
        var entry = stackalloc byte[16];
        *(uint*)entry = (uint)events;
        *(ulong*)(entry + EventSize - 8) = token;
        Syscall.Check(Libc.epoll_ctl(_epoll, operation, descriptor, entry), "epoll_ctl");
    }

    internal void Forget(EventWatch watch)
    {
        lock (_gate)
            _watches.Remove(watch.Token);
    }

    private unsafe void Run()
    {
        SynchronizationContext.SetSynchronizationContext(new EventLoopContext(this));
        var events = stackalloc byte[Batch * 16];
        while (!_stopping)
        {
            var count = Libc.epoll_wait(_epoll, events, Batch, Timeout());
            if (count < 0 && Syscall.LastErrno != Errno.EINTR)
                throw LinuxException.Last("epoll_wait");
            for (var i = 0; i < count && !_stopping; i++)
                Dispatch(*(EventMask*)(events + (i * EventSize)), *(ulong*)(events + (i * EventSize) + EventSize - 8));
            RunTimers();
            RunPosted();
        }

        _epoll.Dispose();
        _wake.Dispose();
    }

    private void Dispatch(EventMask events, ulong token)
    {
        if (token == 0)
        {
            Span<byte> counter = stackalloc byte[8];
            Descriptor.TryRead(_wake, counter, out _);
            return;
        }

        EventWatch? watch;
        lock (_gate)
            _watches.TryGetValue(token, out watch);
        watch?.Handler(events);
    }

    private void RunTimers()
    {
        while (_timers.TryPeek(out var timer, out var due) && due <= Environment.TickCount64)
        {
            _timers.Dequeue();
            timer.Fire();
        }
    }

    private void RunPosted()
    {
        lock (_gate)
            (_posted, _running) = (_running, _posted);
        foreach (var action in _running)
            action();
        _running.Clear();
    }

    private int Timeout()
    {
        lock (_gate)
        {
            if (_posted.Count > 0)
                return 0;
        }

        while (_timers.TryPeek(out var timer, out var due))
        {
            if (!timer.IsCancelled)
                return (int)Math.Clamp(due - Environment.TickCount64, 0, int.MaxValue);
            _timers.Dequeue();
        }

        return -1;
    }

    private void Wake()
    {
        if (_wake.IsClosed)
            return;
        ReadOnlySpan<byte> one = [1, 0, 0, 0, 0, 0, 0, 0];
        Descriptor.TryWrite(_wake, one, out _);
    }
}
