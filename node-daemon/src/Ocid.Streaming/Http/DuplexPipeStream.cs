using System.Buffers;
using System.IO.Pipelines;

namespace Ocid.Streaming.Http;

/// <summary>A connection's two pipes as one stream.</summary>
internal sealed class DuplexPipeStream(IDuplexPipe pipe) : AsyncStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        var result = await pipe.Input.ReadAsync(cancellationToken);
        var count = (int)Math.Min(result.Buffer.Length, buffer.Length);
        result.Buffer.Slice(0, count).CopyTo(buffer.Span);
        pipe.Input.AdvanceTo(result.Buffer.GetPosition(count));
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if ((await pipe.Output.WriteAsync(buffer, cancellationToken)).IsCompleted)
            throw new IOException("the client has closed the connection");
    }
}
