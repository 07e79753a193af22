namespace Ocid.Streaming.Spdy;

/// <summary>A stream that the peer has opened.</summary>
internal sealed class SpdyStream : ByteChannel
{
    private readonly SpdyConnection _connection;
    private readonly ReceivedBytes _received;
    private readonly Lock _gate = new();
    private int _unread;
    private int _toAcknowledge;
    private bool _discards;
    private bool _peerDone;
    private bool _done;

    public SpdyStream(SpdyConnection connection, uint id, IReadOnlyDictionary<string, string> headers, SpdyLimits limits)
    {
        _connection = connection;
        _received = new ReceivedBytes(limits.UnreadOfStream);
        Id = id;
        Headers = headers;
    }

    public uint Id { get; }

    /// <summary>The names and values that it was opened with.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _received.ReadAsync(buffer, cancellationToken);
        if (count > 0)
            await AcknowledgeAsync(Consumed(count), count, cancellationToken);
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            var count = await _connection.SendAsync(this, buffer, cancellationToken);
            buffer = buffer[count..];
        }
    }

    public override async ValueTask CompleteAsync(CancellationToken ct)
    {
        if (End(ours: true, out var both))
            await _connection.SendFinAsync(this, ct);
        if (both)
            _connection.Forget(this);
    }

    public override async ValueTask ResetAsync(CancellationToken ct)
    {
        if (!_connection.Forget(this))
            return;
        Cut(null);
        await _connection.SendResetAsync(Id, SpdyStatus.Cancel, ct);
    }

    public override void DiscardInput()
    {
        lock (_gate)
        {
            if (_discards)
                return;
            _discards = true;
            _connection.Unread.Remove(_unread);
            _unread = 0;
        }

        _received.Discard();
    }

    /// <summary>Adds what the peer sent, waiting while the reader is behind.</summary>
    /// <returns>False when it was thrown away.</returns>
    public ValueTask<bool> ReceiveAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_discards || _peerDone)
                return ValueTask.FromResult(false);
            _unread += bytes.Length;
            _connection.Unread.Add(bytes.Length);
        }

        return _received.AddAsync(bytes, ct);
    }

    /// <summary>The peer sends nothing more.</summary>
    public void ReceiveFin()
    {
        if (End(ours: false, out var both))
            _received.Complete();
        if (both)
            _connection.Forget(this);
    }

    /// <summary>Nothing more is written; the peer said so when it opened the stream.</summary>
    public void RefuseWriting() => End(ours: true, out _);

    /// <summary>The stream or its connection is gone: reading fails with the reason, or ends without one.</summary>
    public void Cut(IOException? reason)
    {
        End(ours: true, out _);
        if (End(ours: false, out _))
            _received.Complete(reason);
        if (reason is null)
            DiscardInput();
    }

    // True when that side had not ended before.
    private bool End(bool ours, out bool both)
    {
        lock (_gate)
        {
            ref var ended = ref ours ? ref _done : ref _peerDone;
            var first = !ended;
            ended = true;
            both = _done && _peerDone;
            return first;
        }
    }

    // What the peer's window of this stream is to be widened by now; half a window at a time.
    private int Consumed(int count)
    {
        lock (_gate)
        {
            if (!_discards)
            {
                _unread -= count;
                _connection.Unread.Remove(count);
            }

            _toAcknowledge += count;
            if (_peerDone || _toAcknowledge < SpdyLimits.InitialWindow / 2)
                return 0;
            (var delta, _toAcknowledge) = (_toAcknowledge, 0);
            return delta;
        }
    }

    private async ValueTask AcknowledgeAsync(int ofStream, int ofAll, CancellationToken ct)
    {
        if (ofStream > 0)
            await _connection.SendWindowUpdateAsync(Id, ofStream, ct);
        await _connection.AcknowledgeAsync(ofAll, ct);
    }
}
