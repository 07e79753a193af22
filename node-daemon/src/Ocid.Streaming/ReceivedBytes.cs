using System.Buffers;
using System.IO.Pipelines;

namespace Ocid.Streaming;

/// <summary>
/// What has arrived on a channel and is not read yet. The connection's reading loop adds; when a reader is behind by the limit, adding waits, so that
/// the connection's own brake (a window, or TCP) stops the client.
/// </summary>
/// <param name="limit">How many bytes may wait before adding does.</param>
internal sealed class ReceivedBytes(int limit)
{
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: limit, resumeWriterThreshold: limit / 2, useSynchronizationContext: false));
    private readonly Lock _gate = new();
    private bool _discards;
    private bool _reading;

    /// <summary>Adds what came.</summary>
    /// <returns>False when nobody will read it.</returns>
    public async ValueTask<bool> AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) => !(await _pipe.Writer.WriteAsync(bytes, ct)).IsCompleted;

    /// <summary>Nothing more will come; with a reason, reading fails once it gets there.</summary>
    public void Complete(IOException? reason = null) => _pipe.Writer.Complete(reason);

    /// <summary>Reads; 0 at the end.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken ct)
    {
        if (!TryBeginReading())
            return 0;
        try
        {
            var result = await _pipe.Reader.ReadAsync(ct);
            var count = (int)Math.Min(result.Buffer.Length, buffer.Length);
            result.Buffer.Slice(0, count).CopyTo(buffer.Span);
            _pipe.Reader.AdvanceTo(result.Buffer.GetPosition(count));
            return count;
        }
        finally
        {
            EndReading();
        }
    }

    /// <summary>Forgets what is here and what still comes. A read that waits ends.</summary>
    public void Discard()
    {
        lock (_gate)
        {
            if (_discards)
                return;
            _discards = true;
            if (_reading)
            {
                _pipe.Reader.CancelPendingRead();
                return;
            }
        }

        _pipe.Reader.Complete();
    }

    private bool TryBeginReading()
    {
        lock (_gate)
            return _reading = !_discards;
    }

    private void EndReading()
    {
        lock (_gate)
        {
            _reading = false;
            if (!_discards)
                return;
        }

        _pipe.Reader.Complete();
    }
}
