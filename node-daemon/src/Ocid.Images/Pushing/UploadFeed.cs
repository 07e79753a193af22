using System.Buffers;
using System.Threading.Channels;

namespace Ocid.Images.Pushing;

/// <summary>A bounded row of pooled buffers from the thread that makes a blob to the connection that sends it.</summary>
internal sealed class UploadFeed(CancellationToken ct) : Stream
{
    private const int Buffers = 8;
    private const int BufferSize = 128 * 1024;

    private readonly Channel<(byte[] Buffer, int Length)> _filled = Channel.CreateUnbounded<(byte[], int)>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim _free = new(Buffers);
    private byte[]? _current;
    private int _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Takes bytes, and waits while the connection is behind.</summary>
    public override void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            _current ??= Rent();
            var part = bytes[..Math.Min(bytes.Length, BufferSize - _length)];
            part.CopyTo(_current.AsSpan(_length));
            _length += part.Length;
            bytes = bytes[part.Length..];
            if (_length == BufferSize)
                Pass();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Ends the blob. A maker that fails does not: its failure cancels the sender.</summary>
    public void End()
    {
        if (_current is not null)
            Pass();
        _filled.Writer.Complete();
    }

    /// <summary>Sends until the end.</summary>
    public async Task SendAsync(Stream connection)
    {
        await foreach (var (buffer, length) in _filled.Reader.ReadAllAsync(ct))
        {
            await connection.WriteAsync(buffer.AsMemory(0, length), ct);
            ArrayPool<byte>.Shared.Return(buffer);
            _free.Release();
        }
    }

    // Compressors flush when they end; what is not full yet waits for more.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _free.Dispose();
        base.Dispose(disposing);
    }

    private byte[] Rent()
    {
        _free.Wait(ct);
        return ArrayPool<byte>.Shared.Rent(BufferSize);
    }

    private void Pass()
    {
        _filled.Writer.TryWrite((_current!, _length));
        (_current, _length) = (null, 0);
    }
}
