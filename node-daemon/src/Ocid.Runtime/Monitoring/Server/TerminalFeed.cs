using Ocid.Linux;
using Ocid.Runtime.Logs;

namespace Ocid.Runtime.Monitoring.Server;

// Carries a terminal's output into a pipe of our own, from where it goes the way of all output. A terminal cannot be peeked
// into: a killed monitor loses what is in this buffer.
internal sealed class TerminalFeed : IDisposable
{
    private readonly FileDescriptor _master;
    private readonly FileDescriptor _writer;
    private readonly StreamPump _stream;
    private readonly Action _arrived;
    private readonly byte[] _buffer = new byte[4096];
    private readonly EventWatch _masterWatch;
    private readonly EventWatch _writerWatch;
    private int _start;
    private int _end;

    public TerminalFeed(EventLoop loop, FileDescriptor master, FileDescriptor writer, StreamPump stream, Action arrived, byte[]? pending)
    {
        _master = master;
        _writer = writer;
        _stream = stream;
        _arrived = arrived;
        pending?.CopyTo(_buffer, 0);
        _end = pending?.Length ?? 0;
        Descriptor.SetNonBlocking(master);
        Descriptor.SetNonBlocking(writer);
        _masterWatch = loop.Watch(master, EventMask.Read | EventMask.OneShot, _ => Move());
        _writerWatch = loop.Watch(writer, EventMask.Write | EventMask.OneShot, _ => Move());
    }

    /// <summary>Whether the terminal has no more user.</summary>
    public bool Ended { get; private set; }

    /// <summary>What was read from the terminal and is not in the pipe yet.</summary>
    public byte[]? Pending => _start == _end ? null : _buffer[_start.._end];

    public void Dispose()
    {
        _masterWatch.Dispose();
        _writerWatch.Dispose();
    }

    private void Move()
    {
        while (!Ended)
        {
            if (_start == _end && !Fill())
            {
                if (!Ended)
                    _masterWatch.Change(EventMask.Read | EventMask.OneShot);
                return;
            }

            if (!Descriptor.TryWrite(_writer, _buffer.AsSpan(_start, _end - _start), out var written))
            {
                _writerWatch.Change(EventMask.Write | EventMask.OneShot);
                return;
            }

            _start += written;
        }
    }

    private bool Fill()
    {
        _start = _end = 0;
        if (!Descriptor.TryRead(_master, _buffer, out _end))
            return false;
        if (_end > 0)
            return true;
        Ended = true;
        _stream.MarkWritersGone();
        _arrived();
        return false;
    }
}
