using Ocid.Linux;

namespace Ocid.Runtime.Logs;

// Pipes of those who are attached to a container's output. One that does not read loses what does not fit into its pipe:
// it must slow neither the container nor its log.
internal sealed class SubscriberSet
{
    private readonly Lock _gate = new();
    private Subscriber[] _all = [];

    public void Add(string stream, FileDescriptor writer)
    {
        Descriptor.SetNonBlocking(writer);
        lock (_gate)
            _all = [.. _all, new Subscriber(stream, writer)];
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
        subscriber.Writer.Dispose();
    }

    private sealed record Subscriber(string Stream, FileDescriptor Writer)
    {
        public bool TryShow(ReadOnlySpan<byte> bytes)
        {
            try
            {
                while (bytes.Length > 0 && Descriptor.TryWrite(Writer, bytes, out var count))
                    bytes = bytes[count..];
                return true;
            }
            catch (LinuxException closed) when (closed.Errno == Errno.EPIPE)
            {
                return false;
            }
        }
    }
}
