using Ocid.Linux;

namespace Ocid.Runtime.Logs;

// One output stream of a container on its way into the log: peek, write, only then consume. Killed in between, the next
// monitor writes that chunk once more and loses nothing.
internal sealed class StreamPump(FileDescriptor reader, string name, byte[] label) : IDisposable
{
    private volatile bool _writersGone;
    private int _shown; // bytes at the pipe's head that subscribers have seen already

    public FileDescriptor Reader { get; } = reader;

    public string Name { get; } = name;

    /// <summary>Nothing more comes and everything was taken.</summary>
    public bool Ended { get; private set; }

    /// <summary>Nobody can write any more: what is left without a newline is taken too.</summary>
    public void MarkWritersGone() => _writersGone = true;

    /// <summary>Moves what is there, at most about <paramref name="budget"/> bytes.</summary>
    /// <returns>Whether more is there.</returns>
    public bool Pump(PumpBuffers buffers, AppendFile? log, SubscriberSet subscribers, TimeProvider time, int budget)
    {
        while (budget > 0)
        {
            var last = _writersGone; // before the peek: what is peeked then is really the end
            if (!buffers.TryPeek(Reader, out var count))
                return false;
            if (count == 0)
            {
                Ended = true;
                return false;
            }

            if (count > _shown)
            {
                subscribers.Show(Name, buffers.Input.AsSpan(_shown, count - _shown));
                _shown = count;
            }

            var taken = Write(buffers, log, buffers.Input.AsSpan(0, count), last && count < PumpBuffers.InputSize, time);
            if (taken == 0)
                return false;
            budget -= taken;
        }

        return true;
    }

    /// <summary>Throws away what is there: the log has been unwritable for long.</summary>
    public void Discard(PumpBuffers buffers)
    {
        while (buffers.TryPeek(Reader, out var count) && count > 0)
            Consume(buffers, count);
    }

    public void Dispose() => Reader.Dispose();

    private int Write(PumpBuffers buffers, AppendFile? log, ReadOnlySpan<byte> input, bool atEnd, TimeProvider time)
    {
        if (log is null)
        {
            Consume(buffers, input.Length);
            return input.Length;
        }

        var output = log.Limit > 0 ? buffers.Output.AsSpan(0, (int)Math.Clamp(log.Limit, CriLogFormat.LongestLine, buffers.Output.Length)) : buffers.Output;
        var taken = 0;
        while (true)
        {
            var length = CriLogFormat.Format(input[taken..], atEnd, time.GetUtcNow(), label, output, out var consumed);
            if (consumed == 0)
                return taken;
            log.Append(output[..length]);
            Consume(buffers, consumed);
            taken += consumed;
        }
    }

    private void Consume(PumpBuffers buffers, int count)
    {
        buffers.Consume(Reader, count);
        _shown = Math.Max(0, _shown - count);
    }
}
