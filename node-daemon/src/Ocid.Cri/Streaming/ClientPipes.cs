using Ocid.Linux;
using Ocid.Runtime.Monitoring;
using Ocid.Streaming;

namespace Ocid.Cri.Streaming;

/// <summary>The pipes between a client and a command without a terminal; what the client did not ask for has none.</summary>
internal sealed class ClientPipes : IDisposable
{
    private readonly Pipe? _input;
    private readonly Pipe? _output;
    private readonly Pipe? _error;

    public ClientPipes(ProcessStreams streams)
    {
        _input = streams.Input is null ? null : Pipe.CreateForContainer();
        _output = streams.Output is null ? null : Pipe.CreateForContainer();
        _error = streams.Error is null ? null : Pipe.CreateForContainer();
    }

    /// <summary>The command's ends.</summary>
    public ExecStdio Ends => new(_input?.Reader, _output?.Writer, _error?.Writer);

    /// <summary>Closes the command's ends, which it has by now, and hands over the others.</summary>
    public ProcessDescriptors TakeOurs()
    {
        _input?.Reader.Dispose();
        _output?.Writer.Dispose();
        _error?.Writer.Dispose();
        return new ProcessDescriptors(Polled(_input?.Writer), Polled(_output?.Reader), Polled(_error?.Reader), null);
    }

    public void Dispose()
    {
        _input?.Dispose();
        _output?.Dispose();
        _error?.Dispose();
    }

    private static PolledDescriptor? Polled(FileDescriptor? descriptor) => descriptor is null ? null : new PolledDescriptor(EventLoop.Shared, descriptor);
}
