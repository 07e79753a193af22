using Ocid.Linux;

namespace Ocid.Runtime.Logs;

// Pipes of those who are attached to a container's output. One that does not read loses what does not fit into its pipe:
// it must slow neither the container nor its log. One that has left is let go of at once, also while the container is silent.
internal sealed class SubscriberSet(EventLoop loop)
{
    private readonly Lock _gate = new();
    private Subscriber[] _all = [];

    public void Add(string stream, FileDescriptor writer)
    {
        Descriptor.SetNonBlocking(writer);
        var subscriber = new Subscriber(stream, writer);
        lock (_gate)
            _all = [.. _all, subscriber];
        subscriber.Watch(loop, () => Remove(subscriber));
    }

    public void Show(string stream, ReadOnlySpan<byte> bytes)
    {
        foreach (var subscriber in _all)
        {
            if (subscriber.Stream == stream && !subscriber.TryShow(bytes))
                Remove(subscriber);
        }
    }

    /// <summary>Closes the pipes of a stream that has ended; null is all.</summary>
    public void Close(string? stream)
    {
        foreach (var subscriber in _all)
        {
            if (stream is null || subscriber.Stream == stream)
                Remove(subscriber);
        }
    }

    private void Remove(Subscriber subscriber)
    {
        lock (_gate)
            _all = [.. _all.Where(other => other != subscriber)];
        subscriber.Close();
    }

    // Shown to by a log worker, closed by that or by the loop.
    private sealed class Subscriber(string stream, FileDescriptor writer)
    {
        private readonly Lock _gate = new();
        private EventWatch? _watch;
        private bool _closed;

        public string Stream => stream;

        public void Watch(EventLoop loop, Action left)
        {
            lock (_gate)
            {
                if (!_closed)
                    _watch = loop.Watch(writer, EventMask.OneShot, _ => left());
            }
        }

        public bool TryShow(ReadOnlySpan<byte> bytes)
        {
            lock (_gate)
            {
                try
                {
                    while (!_closed && bytes.Length > 0 && Descriptor.TryWrite(writer, bytes, out var count))
                        bytes = bytes[count..];
                    return !_closed;
                }
                catch (LinuxException broken) when (broken.Errno == Errno.EPIPE)
                {
                    return false;
                }
            }
        }

        public void Close()
        {
            lock (_gate)
            {
                if (_closed)
                    return;
                _closed = true;
                _watch?.Dispose();
                writer.Dispose();
            }
        }
    }
}
