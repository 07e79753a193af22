namespace Ocid.Streaming.Http;

/// <summary>A connection's bytes, and a token that is cancelled when none has passed for a while.</summary>
internal sealed class ActiveStream : AsyncStream
{
    private readonly Stream _inner;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _idle;

    /// <param name="inner">The connection.</param>
    /// <param name="limit">How long nothing may pass; zero is for ever.</param>
    /// <param name="time">The clock.</param>
    public ActiveStream(Stream inner, TimeSpan limit, TimeProvider time)
    {
        _inner = inner;
        _limit = limit > TimeSpan.Zero ? limit : Timeout.InfiniteTimeSpan;
        _idle = new CancellationTokenSource(_limit, time);
    }

    /// <summary>Cancelled when the connection has been idle for too long.</summary>
    public CancellationToken Idle => _idle.Token;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _inner.ReadAsync(buffer, cancellationToken);
        _idle.CancelAfter(_limit);
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _inner.WriteAsync(buffer, cancellationToken);
        _idle.CancelAfter(_limit);
    }

    // The connection is the web server's to close.
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _idle.Dispose();
        base.Dispose(disposing);
    }
}
