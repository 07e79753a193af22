namespace Ocid.Linux;

/// <summary>A pipe's end or a terminal's master that is read and written without blocking a thread: by one reader and one writer at a time.</summary>
public sealed class PolledDescriptor : IDisposable
{
    private readonly FileDescriptor _descriptor;
    private readonly EventWatch _watch;
    private readonly Lock _gate = new();
    private TaskCompletionSource? _reader;
    private TaskCompletionSource? _writer;
    private bool _disposed;

    /// <summary>Begins to watch.</summary>
    /// <param name="loop">Where it is waited for.</param>
    /// <param name="descriptor">Owned from now on.</param>
    public PolledDescriptor(EventLoop loop, FileDescriptor descriptor)
    {
        _descriptor = descriptor;
        Descriptor.SetNonBlocking(descriptor);
        _watch = loop.Watch(descriptor, EventMask.OneShot, Ready);
    }

    /// <summary>Reads what is there.</summary>
    /// <returns>False when there is nothing now; a count of 0 is the end.</returns>
    public bool TryRead(Span<byte> buffer, out int count) => Descriptor.TryRead(_descriptor, buffer, out count);

    /// <summary>Completes when <see cref="TryRead"/> is worth trying.</summary>
    public Task WhenReadableAsync(CancellationToken ct) => WaitAsync(ref _reader, ct);

    /// <summary>Writes all.</summary>
    /// <returns>False when nobody reads any more.</returns>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            while (bytes.Length > 0)
            {
                if (Descriptor.TryWrite(_descriptor, bytes.Span, out var count))
                    bytes = bytes[count..];
                else
                    await WaitAsync(ref _writer, ct);
            }

            return true;
        }
        catch (LinuxException closed) when (closed.Errno is Errno.EPIPE or Errno.EIO)
        {
            return false;
        }
    }

    /// <summary>Closes it. Whoever waits has been cancelled before.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _watch.Dispose();
            _descriptor.Dispose();
        }
    }

    private Task WaitAsync(ref TaskCompletionSource? waiting, CancellationToken ct)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Arm();
            return waiting.Task.WaitAsync(ct);
        }
    }

    private void Arm() =>
        _watch.Change(EventMask.OneShot | (_reader is null ? EventMask.None : EventMask.Read) | (_writer is null ? EventMask.None : EventMask.Write));

    private void Ready(EventMask events)
    {
        const EventMask Over = EventMask.Error | EventMask.HangUp;
        lock (_gate)
        {
            if (_disposed)
                return;
            Wake(ref _reader, events & (EventMask.Read | Over));
            Wake(ref _writer, events & (EventMask.Write | Over));
            if (_reader is not null || _writer is not null)
                Arm();
        }
    }

    private static void Wake(ref TaskCompletionSource? waiting, EventMask events)
    {
        if (events == EventMask.None)
            return;
        waiting?.TrySetResult();
        waiting = null;
    }
}
