using System.IO.Pipelines;
using Ocid.Streaming.Http;

namespace Ocid.Streaming.Tests.Spdy;

/// <summary>A connection in memory: what one end writes the other reads. Closed, the other end reads to the end.</summary>
internal sealed class Wire
{
    private readonly Pipe _up = new(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024));
    private readonly Pipe _down = new(new PipeOptions(pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024));

    public Wire() => (Client, Server) = (new DuplexPipeStream(new End(_down.Reader, _up.Writer)), new DuplexPipeStream(new End(_up.Reader, _down.Writer)));

    public Stream Client { get; }

    public Stream Server { get; }

    /// <summary>The client is gone.</summary>
    public void CloseClient() => _up.Writer.Complete();

    /// <summary>The server is gone.</summary>
    public void CloseServer() => _down.Writer.Complete();

    private sealed record End(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
