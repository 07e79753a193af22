using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace Ocid.Streaming.Spdy;

/// <summary>The server's side of a SPDY/3.1 connection: streams that the peer opens, each answered at once.</summary>
/// <remarks>https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/</remarks>
internal sealed class SpdyConnection : IDisposable
{
    private const int LargestChunk = 32 * 1024;

    private readonly Stream _transport;
    private readonly SpdyLimits _limits;
    private readonly Func<IReadOnlyDictionary<string, string>, bool> _accepts;
    private readonly SpdyHeaderInflater _inflater;
    private readonly SendWindows _windows = new();
    private readonly ConcurrentDictionary<uint, SpdyStream> _streams = new();
    private readonly Channel<SpdyStream> _opened = Channel.CreateBounded<SpdyStream>(16);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _toAcknowledge;
    private uint _lastStream;
    private bool _replied;
    private bool _peerLeaves;

    /// <param name="transport">The connection's bytes; the caller's to close.</param>
    /// <param name="accepts">Whether a stream with such headers is wanted; others are refused.</param>
    /// <param name="limits">What the peer may make this process hold.</param>
    public SpdyConnection(Stream transport, Func<IReadOnlyDictionary<string, string>, bool> accepts, SpdyLimits limits)
    {
        _transport = transport;
        _accepts = accepts;
        _limits = limits;
        _inflater = new SpdyHeaderInflater(limits.Headers);
        Unread = new Gauge(limits.Unread);
    }

    /// <summary>Bytes of all streams that arrived and are not read yet.</summary>
    public Gauge Unread { get; }

    /// <summary>The streams that the peer opens, in order; ends with the connection.</summary>
    public ChannelReader<SpdyStream> Opened => _opened.Reader;

    /// <summary>Reads until the peer leaves. All streams have ended by then.</summary>
    /// <exception cref="SpdyException">The peer broke the protocol or a limit.</exception>
    /// <exception cref="IOException">The connection was lost.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        var reader = PipeReader.Create(_transport, new StreamPipeReaderOptions(bufferSize: LargestChunk, leaveOpen: true));
        IOException reason = new("spdy: the connection has ended");
        try
        {
            while (!(_peerLeaves && _streams.IsEmpty) && await ReadHeaderAsync(reader, ct) is { } header)
                await HandleAsync(header, reader, ct);
        }
        catch (IOException failure)
        {
            reason = failure;
            if (failure is SpdyException)
                await SendAsync(SpdyFrames.GoAway(_lastStream, isError: true), ct);
            throw;
        }
        finally
        {
            End(reason);
            await reader.CompleteAsync();
        }
    }

    /// <summary>Tells the peer that the connection ends; what is on its way to it is not lost.</summary>
    public Task SendGoAwayAsync(CancellationToken ct) => SendAsync(SpdyFrames.GoAway(_lastStream, isError: false), ct);

    public void Dispose()
    {
        _inflater.Dispose();
        _writing.Dispose();
    }

    /// <summary>Sends the beginning of <paramref name="bytes"/>, as much as the peer's window takes.</summary>
    public async ValueTask<int> SendAsync(SpdyStream stream, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var count = await _windows.TakeAsync(stream.Id, Math.Min(bytes.Length, LargestChunk), ct);
        var frame = ArrayPool<byte>.Shared.Rent(SpdyFrameHeader.Size + count);
        try
        {
            new SpdyFrameHeader(null, stream.Id, 0, count).Write(frame);
            bytes[..count].CopyTo(frame.AsMemory(SpdyFrameHeader.Size));
            await SendAsync(frame.AsMemory(0, SpdyFrameHeader.Size + count), ct);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(frame);
        }

        return count;
    }

    public Task SendFinAsync(SpdyStream stream, CancellationToken ct)
    {
        var frame = new byte[SpdyFrameHeader.Size];
        new SpdyFrameHeader(null, stream.Id, SpdyFrameHeader.Fin, 0).Write(frame);
        return SendAsync(frame, ct);
    }

    public Task SendResetAsync(uint stream, SpdyStatus status, CancellationToken ct) => SendAsync(SpdyFrames.RstStream(stream, status), ct);

    public Task SendWindowUpdateAsync(uint stream, int delta, CancellationToken ct) => SendAsync(SpdyFrames.WindowUpdate(stream, delta), ct);

    /// <summary>Widens the peer's window of all streams by what was read or thrown away, half a window at a time.</summary>
    public async ValueTask AcknowledgeAsync(int count, CancellationToken ct)
    {
        if (Interlocked.Add(ref _toAcknowledge, count) < SpdyLimits.InitialWindow / 2)
            return;
        if (Interlocked.Exchange(ref _toAcknowledge, 0) is > 0 and var delta)
            await SendWindowUpdateAsync(0, delta, ct);
    }

    /// <summary>Forgets a stream that has ended in both directions; false when it was forgotten before.</summary>
    public bool Forget(SpdyStream stream)
    {
        _windows.Close(stream.Id);
        return _streams.TryRemove(stream.Id, out _);
    }

    private void End(IOException reason)
    {
        _windows.CloseAll(reason);
        foreach (var stream in _streams.Values)
            stream.Cut(reason);
        _streams.Clear();
        _opened.Writer.TryComplete();
    }

    private async Task SendAsync(ReadOnlyMemory<byte> frame, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            await _transport.WriteAsync(frame, ct);
        }
        finally
        {
            _writing.Release();
        }
    }

    private static async ValueTask<SpdyFrameHeader?> ReadHeaderAsync(PipeReader reader, CancellationToken ct)
    {
        var result = await reader.ReadAtLeastAsync(SpdyFrameHeader.Size, ct);
        if (result.Buffer.Length < SpdyFrameHeader.Size)
            return null;
        var header = Parse(result.Buffer.Slice(0, SpdyFrameHeader.Size));
        reader.AdvanceTo(result.Buffer.GetPosition(SpdyFrameHeader.Size));
        return header;

        static SpdyFrameHeader Parse(ReadOnlySequence<byte> bytes)
        {
            Span<byte> header = stackalloc byte[SpdyFrameHeader.Size];
            bytes.CopyTo(header);
            return SpdyFrameHeader.Parse(header);
        }
    }

    private async ValueTask HandleAsync(SpdyFrameHeader header, PipeReader reader, CancellationToken ct)
    {
        if (header.Control is null)
        {
            await ReceiveDataAsync(header, reader, ct);
            return;
        }

        if (header.Length > _limits.ControlFrame)
            throw new SpdyException($"a control frame of {header.Length} bytes, at most {_limits.ControlFrame} are read");
        await ReceiveControlAsync(header, await ReadPayloadAsync(header.Length, reader, ct), ct);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadPayloadAsync(int length, PipeReader reader, CancellationToken ct)
    {
        if (length == 0) // the reader would wait for what comes next
            return ReadOnlyMemory<byte>.Empty;
        var result = await reader.ReadAtLeastAsync(length, ct);
        if (result.Buffer.Length < length)
            throw new SpdyException("the connection ended inside a frame");
        var payload = result.Buffer.Slice(0, length).ToArray();
        reader.AdvanceTo(result.Buffer.GetPosition(length));
        return payload;
    }

    // Data is handed on as it comes, so that a frame may be of any length.
    private async ValueTask ReceiveDataAsync(SpdyFrameHeader header, PipeReader reader, CancellationToken ct)
    {
        if (header.StreamId == 0 || header.StreamId > _lastStream)
            throw new SpdyException($"data of stream {header.StreamId}, which was not opened");
        _streams.TryGetValue(header.StreamId, out var stream);
        for (var left = header.Length; left > 0;)
        {
            var result = await reader.ReadAtLeastAsync(1, ct);
            if (result.Buffer.IsEmpty)
                throw new SpdyException("the connection ended inside a frame");
            var bytes = result.Buffer.First;
            bytes = bytes[..Math.Min(bytes.Length, left)];
            if (stream is null || !await stream.ReceiveAsync(bytes, ct))
                await AcknowledgeAsync(bytes.Length, ct);
            left -= bytes.Length;
            reader.AdvanceTo(result.Buffer.GetPosition(bytes.Length));
            await Unread.WhenBelowLimitAsync().WaitAsync(ct);
        }

        if ((header.Flags & SpdyFrameHeader.Fin) != 0)
            stream?.ReceiveFin();
    }

    private async ValueTask ReceiveControlAsync(SpdyFrameHeader header, ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        switch (header.Control)
        {
            case SpdyFrameType.SynStream:
                await OpenAsync(header, payload, ct);
                break;
            case SpdyFrameType.Headers:
                if (payload.Length < 4)
                    throw new SpdyException("a control frame that is too short");
                _inflater.Inflate(payload[4..]); // of no use, but part of the zlib stream
                break;
            case SpdyFrameType.RstStream:
                if (_streams.TryGetValue(SpdyFrames.Number(payload.Span, 0) & SpdyFrames.StreamIdMask, out var reset) && Forget(reset))
                    reset.Cut(new IOException($"spdy: stream {reset.Id} was reset"));
                break;
            case SpdyFrameType.Settings:
                if (SpdyFrames.InitialWindow(payload.Span) is { } window)
                    _windows.SetInitial(window);
                break;
            case SpdyFrameType.Ping:
                // Even numbers are answers to the pings of a server, and this one sends none.
                if (SpdyFrames.Number(payload.Span, 0) is var ping && ping % 2 == 1)
                    await SendAsync(SpdyFrames.Ping(ping), ct);
                break;
            case SpdyFrameType.GoAway:
                _peerLeaves = true;
                break;
            case SpdyFrameType.WindowUpdate:
                await WidenAsync(SpdyFrames.Number(payload.Span, 0) & SpdyFrames.StreamIdMask, (int)(SpdyFrames.Number(payload.Span, 4) & SpdyFrames.StreamIdMask), ct);
                break;
            case SpdyFrameType.SynReply:
                throw new SpdyException("an answer to a stream that was not opened");
        }
    }

    private async ValueTask WidenAsync(uint stream, int delta, CancellationToken ct)
    {
        if (delta == 0)
            throw new SpdyException("a window that is widened by nothing");
        if (_windows.Widen(stream, delta))
            return;
        if (stream == 0 || !_streams.TryGetValue(stream, out var overrun) || !Forget(overrun))
            throw new SpdyException("a window of more than 2 GiB");
        overrun.Cut(new IOException($"spdy: stream {stream}: a window of more than 2 GiB"));
        await SendResetAsync(stream, SpdyStatus.FlowControlError, ct);
    }

    private async ValueTask OpenAsync(SpdyFrameHeader header, ReadOnlyMemory<byte> payload, CancellationToken ct)
    {
        // Stream, associated stream, priority and slot; then the headers.
        const int Fixed = 10;
        if (payload.Length < Fixed)
            throw new SpdyException("a control frame that is too short");
        var id = SpdyFrames.Number(payload.Span, 0) & SpdyFrames.StreamIdMask;
        if (id % 2 == 0 || id <= _lastStream)
            throw new SpdyException($"stream {id} is opened after stream {_lastStream}");
        _lastStream = id;
        var headers = _inflater.Inflate(payload[Fixed..]); // also of a stream that is refused: it is one zlib stream
        if (_peerLeaves || _streams.Count >= _limits.Streams || !_accepts(headers))
        {
            await SendResetAsync(id, SpdyStatus.RefusedStream, ct);
            return;
        }

        var stream = new SpdyStream(this, id, headers, _limits);
        _windows.Open(id);
        _streams[id] = stream;
        await SendAsync(SpdyFrames.SynReply(id, isFirst: !_replied), ct);
        _replied = true;
        if ((header.Flags & SpdyFrameHeader.Unidirectional) != 0)
            stream.RefuseWriting();
        if ((header.Flags & SpdyFrameHeader.Fin) != 0)
            stream.ReceiveFin();
        await _opened.Writer.WriteAsync(stream, ct);
    }
}
