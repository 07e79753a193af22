using Ocid.Linux;

namespace Ocid.Runtime.Logs;

// What a worker needs to pump: one private pipe for tee(2), empty between two steps, and two buffers.
internal sealed class PumpBuffers : IDisposable
{
    public const int InputSize = 64 * 1024;

    private readonly FileDescriptor _sink = Descriptor.OpenNull();
    private readonly Pipe _private = Pipe.Create();

    public byte[] Input { get; } = new byte[InputSize];

    public byte[] Output { get; } = new byte[InputSize + CriLogFormat.LongestLine];

    /// <summary>Copies what is in a pipe to <see cref="Input"/> and leaves it there.</summary>
    /// <returns>False when the pipe is empty; a count of 0 is its end.</returns>
    public bool TryPeek(FileDescriptor from, out int count)
    {
        if (!Pipe.TryTee(from, _private.Writer, InputSize, out count))
            return false;
        for (var at = 0; at < count;)
        {
            Descriptor.TryRead(_private.Reader, Input.AsSpan(at, count - at), out var read);
            at += read;
        }

        return true;
    }

    /// <summary>Takes bytes that were peeked out of a pipe.</summary>
    public void Consume(FileDescriptor from, int count) => Pipe.Splice(from, _sink, count);

    public void Dispose()
    {
        _private.Dispose();
        _sink.Dispose();
    }
}
