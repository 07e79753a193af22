namespace Ocid.Linux;

// Writes bytes to a child's standard input as it takes them, then closes it. All members are called on the loop.
internal sealed class InputFeed : IDisposable
{
    private readonly FileDescriptor _writer;
    private readonly EventWatch _watch;
    private ReadOnlyMemory<byte> _left;

    public InputFeed(EventLoop loop, FileDescriptor writer, ReadOnlyMemory<byte> bytes)
    {
        _writer = writer;
        _left = bytes;
        Descriptor.SetNonBlocking(writer);
        _watch = loop.Watch(writer, EventMask.Write, Write);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _writer.Dispose();
    }

    private void Write(EventMask events)
    {
        try
        {
            if (!events.HasFlag(EventMask.Error) && Descriptor.TryWrite(_writer, _left.Span, out var count))
                _left = _left[count..];
        }
        catch (LinuxException refused) when (refused.Errno == Errno.EPIPE)
        {
            _left = default;
        }

        if (_left.IsEmpty || events.HasFlag(EventMask.Error))
            Dispose();
    }
}
