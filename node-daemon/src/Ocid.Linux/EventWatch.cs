namespace Ocid.Linux;

/// <summary>A descriptor that an <see cref="EventLoop"/> waits for.</summary>
public sealed class EventWatch : IDisposable
{
    private readonly EventLoop _loop;
    private readonly FileDescriptor _descriptor;
    private bool _disposed;

    internal EventWatch(EventLoop loop, ulong token, FileDescriptor descriptor, Action<EventMask> handler)
    {
        _loop = loop;
        _descriptor = descriptor;
        Token = token;
        Handler = handler;
    }

    internal ulong Token { get; }

    internal Action<EventMask> Handler { get; }

    /// <summary>Waits for other events; arms a one-shot watch again.</summary>
    public void Change(EventMask events) => _loop.Control(Libc.EPOLL_CTL_MOD, _descriptor, events, Token);

    /// <summary>
    /// Stops waiting. Closing the descriptor is not enough: the kernel's entry belongs to the open file, and another
    /// process may hold a duplicate.
    /// </summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _loop.Forget(this);
        if (!_descriptor.IsClosed)
            _loop.Control(Libc.EPOLL_CTL_DEL, _descriptor, EventMask.None, 0);
    }
}
