using Ocid.Images.Registry;

namespace Ocid.Images.Pulling;

/// <summary>
/// Gives a transfer up that makes no progress. Only waiting for the network counts, not waiting for the disk; and a few bytes now and
/// then, by which a registry could hold a pull for ever, are no progress.
/// </summary>
internal sealed class StallClock : IDisposable
{
    /// <summary>Bytes that count as progress.</summary>
    public const int Progress = 4096;

    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly string _what;
    private readonly CancellationToken _ct;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _cancelled;
    private TimeSpan _waited;
    private long _received;

    /// <param name="limit">How long; zero or less is for ever.</param>
    /// <param name="time">The clock.</param>
    /// <param name="what">What is transferred, for the message.</param>
    /// <param name="ct">Cancels every read.</param>
    public StallClock(TimeSpan limit, TimeProvider time, string what, CancellationToken ct)
    {
        (_limit, _time, _what, _ct) = (limit, time, what, ct);
        _stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _cancelled = ct.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
    }

    /// <exception cref="Primitives.OcidException">Unavailable: no progress for the limit.</exception>
    public async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer)
    {
        try
        {
            if (_limit > TimeSpan.Zero)
                _stop.CancelAfter(_limit > _waited ? _limit - _waited : TimeSpan.Zero);
            var started = _time.GetTimestamp();
            var length = await body.ReadAsync(buffer, _stop.Token);
            _stop.CancelAfter(Timeout.InfiniteTimeSpan);
            Count(length, _time.GetElapsedTime(started));
            return length;
        }
        catch (OperationCanceledException) when (!_ct.IsCancellationRequested)
        {
            throw RegistryFailure.Stalled(_what, _limit);
        }
    }

    public void Dispose()
    {
        _cancelled.Dispose();
        _stop.Dispose();
    }

    private void Count(int length, TimeSpan waited)
    {
        _waited += waited;
        _received += length;
        if (_received < Progress)
            return;
        (_waited, _received) = (TimeSpan.Zero, 0);
    }
}
