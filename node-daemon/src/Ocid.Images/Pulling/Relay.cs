using System.Buffers;
using System.Collections.Concurrent;
using Ocid.Linux;

namespace Ocid.Images.Pulling;

/// <summary>
/// A bounded row of pooled buffers between a stage that fills them and one that reads them as a stream on a thread of its own.
/// Each side waits for the other: neither runs ahead of the memory given.
/// </summary>
internal sealed class Relay(CancellationToken ct) : ForwardStream
{
    private const int Buffers = 8;
    private const int BufferSize = 128 * 1024;

    private readonly ConcurrentQueue<(byte[] Buffer, int Length)> _filled = new();
    private readonly SemaphoreSlim _ready = new(0);
    private readonly SemaphoreSlim _free = new(Buffers);
    private byte[]? _current;
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Waits for room, then hands out a buffer to fill; give it to <see cref="Pass"/>.</summary>
    public async ValueTask<byte[]> RentAsync()
    {
        await _free.WaitAsync(ct);
        return ArrayPool<byte>.Shared.Rent(BufferSize);
    }

    /// <summary>Passes a buffer on.</summary>
    public void Pass(byte[] buffer, int length)
    {
        _filled.Enqueue((buffer, length));
        _ready.Release();
    }

    /// <summary>Gives back a buffer that was not needed.</summary>
    public void Return(byte[] buffer)
    {
        ArrayPool<byte>.Shared.Return(buffer);
        _free.Release();
    }

    /// <summary>Ends the stream after what was passed. A stage that fails does not: its reader waits until it is cancelled.</summary>
    public void End() => Pass([], 0);

    public override int Read(Span<byte> destination)
    {
        if (_start == _end && !Next())
            return 0;

        var length = Math.Min(destination.Length, _end - _start);
        _current.AsSpan(_start, length).CopyTo(destination);
        _start += length;
        return length;
    }

    private bool Next()
    {
        if (_ended)
            return false;

        if (_current is not null)
        {
            Return(_current);
            _current = null;
        }

        _ready.Wait(ct);
        if (!_filled.TryDequeue(out var next))
            throw new InvalidOperationException("relay: counted a buffer that is not there");
        if (next.Length > 0)
        {
            (_current, _start, _end) = (next.Buffer, 0, next.Length);
            return true;
        }

        _ended = true;
        return false;
    }

    // Buffers still in the row are left to the collector: a stage that fails may hold one of them yet.
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ready.Dispose();
            _free.Dispose();
        }

        base.Dispose(disposing);
    }
}
