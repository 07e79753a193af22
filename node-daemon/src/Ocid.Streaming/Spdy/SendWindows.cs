namespace Ocid.Streaming.Spdy;

/// <summary>
/// How many bytes the peer still takes. The clients of the Kubernetes world are built on a library that never opens a window and does not mind when
/// one is overrun: they would stop for ever after 64 KiB. A peer is therefore held to have windows once it has opened or set one; TCP slows down the
/// others.
/// </summary>
internal sealed class SendWindows
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, long> _streams = [];
    private long _all = SpdyLimits.InitialWindow;
    private int _initial = SpdyLimits.InitialWindow;
    private bool _peerHasWindows;
    private Exception? _closed;
    private TaskCompletionSource _changed = NewSignal();

    public void Open(uint stream)
    {
        lock (_gate)
            _streams[stream] = _initial;
    }

    /// <summary>Forgets a stream; who waits for its window fails.</summary>
    public void Close(uint stream)
    {
        lock (_gate)
        {
            _streams.Remove(stream);
            Signal();
        }
    }

    /// <summary>The connection has ended; who waits fails.</summary>
    public void CloseAll(Exception reason)
    {
        lock (_gate)
        {
            _closed ??= reason;
            Signal();
        }
    }

    /// <summary>A WINDOW_UPDATE; stream 0 is all.</summary>
    /// <returns>False when the window became too large.</returns>
    public bool Widen(uint stream, int delta)
    {
        lock (_gate)
        {
            _peerHasWindows = true;
            Signal();
            if (stream == 0)
                return (_all += delta) <= SpdyFrames.LargestWindow;
            if (_streams.TryGetValue(stream, out var window))
                _streams[stream] = window += delta;
            return window <= SpdyFrames.LargestWindow;
        }
    }

    /// <summary>A SETTINGS frame that sets every stream's initial window.</summary>
    public void SetInitial(int window)
    {
        lock (_gate)
        {
            _peerHasWindows = true;
            foreach (var stream in _streams.Keys.ToList())
                _streams[stream] += window - _initial;
            _initial = window;
            Signal();
        }
    }

    /// <summary>Waits until bytes of a stream may be sent, and counts them.</summary>
    /// <returns>How many, at least 1 and at most as many as were asked for.</returns>
    /// <exception cref="IOException">The stream or the connection has ended.</exception>
    public async ValueTask<int> TakeAsync(uint stream, int wanted, CancellationToken ct)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_closed is not null)
                    throw new IOException(_closed.Message, _closed);
                if (!_streams.TryGetValue(stream, out var window))
                    throw new IOException($"spdy: stream {stream} was reset");
                var count = _peerHasWindows ? (int)Math.Min(wanted, Math.Min(window, _all)) : wanted;
                if (count > 0)
                {
                    _streams[stream] = window - count;
                    _all -= count;
                    return count;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(ct);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }
}
