using System.Buffers;

namespace Ocid.Linux;

/// <summary>Reads a pipe to its end on an event loop, keeps the first bytes and discards the rest. All members are called on the loop.</summary>
public sealed class OutputCapture : IDisposable
{
    private readonly FileDescriptor _reader;
    private readonly int _limit;
    private readonly Action _closed;
    private readonly EventWatch _watch;
    private ArrayBufferWriter<byte>? _kept = new();

    /// <summary>Starts to read.</summary>
    /// <param name="loop">The loop, on which this is called.</param>
    /// <param name="reader">The end to read from; owned from now on.</param>
    /// <param name="limit">How many bytes are kept.</param>
    /// <param name="closed">Called when the end was reached.</param>
    public OutputCapture(EventLoop loop, FileDescriptor reader, int limit, Action closed)
    {
        _reader = reader;
        _limit = limit;
        _closed = closed;
        Descriptor.SetNonBlocking(reader);
        _watch = loop.Watch(reader, EventMask.Read, _ => ReadSome());
    }

    /// <summary>Whether more may come.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Reads what is there now.</summary>
    public void Drain()
    {
        while (IsOpen && ReadSome())
        {
        }
    }

    /// <summary>The bytes kept; called once.</summary>
    public byte[] Take()
    {
        var bytes = _kept?.WrittenSpan.ToArray() ?? [];
        _kept = null;
        return bytes;
    }

    /// <summary>Stops reading and closes the pipe.</summary>
    public void Dispose()
    {
        IsOpen = false;
        _watch.Dispose();
        _reader.Dispose();
    }

    private bool ReadSome()
    {
        if (!IsOpen)
            return false;
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            if (!Descriptor.TryRead(_reader, buffer, out var count))
                return false;
            if (count == 0)
            {
                Dispose();
                _closed();
                return false;
            }

            if (_kept is not null)
                _kept.Write(buffer.AsSpan(0, Math.Min(count, _limit - _kept.WrittenCount)));
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
