using Ocid.Images.Registry;

namespace Ocid.Images.Pulling;

/// <summary>
/// Gives a transfer up that makes no progress. Only waiting for the network counts, not waiting for the disk; and a few bytes now and
/// then, by which a registry could hold a pull for ever, are no progress.
/// </summary>
/// <param name="limit">How long; zero or less is for ever.</param>
/// <param name="time">The clock.</param>
/// <param name="what">What is transferred, for the message.</param>
internal sealed class StallClock(TimeSpan limit, TimeProvider time, string what)
{
    /// <summary>Bytes that count as progress.</summary>
    public const int Progress = 4096;

    private TimeSpan _waited;
    private long _received;

    /// <exception cref="Primitives.OcidException">Unavailable: no progress for the limit.</exception>
    public async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer, CancellationToken ct)
    {
        if (limit <= TimeSpan.Zero)
            return await body.ReadAsync(buffer, ct);

        using var timeout = new CancellationTokenSource(limit > _waited ? limit - _waited : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        var started = time.GetTimestamp();
        try
        {
            var length = await body.ReadAsync(buffer, either.Token);
            Count(length, time.GetElapsedTime(started));
            return length;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw RegistryFailure.Stalled(what, limit);
        }
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
