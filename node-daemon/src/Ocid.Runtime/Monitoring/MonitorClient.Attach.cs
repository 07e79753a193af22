using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring;

// Attach: input and terminal size go straight to the descriptors that this process holds, only the output comes from the monitor.
public sealed partial class MonitorClient
{
    private const int AttachBuffer = 1024 * 1024;

    /// <summary>A copy of what the container prints from now on; the end of the pipe is the end of the stream.</summary>
    /// <param name="id">The container.</param>
    /// <param name="error">Standard error instead of standard output; a container with a terminal has none.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The end to read from. A reader that is a mebibyte behind loses what does not fit.</returns>
    public async Task<FileDescriptor> SubscribeAsync(ContainerId id, bool error, CancellationToken ct)
    {
        var pipe = Pipe.Create();
        pipe.TryResize(AttachBuffer);
        try
        {
            var stream = error ? DescriptorName.Stderr : DescriptorName.Stdout;
            await AskAsync(new Request { Verb = Verb.Subscribe, Id = id.Value, Stream = stream }, [pipe.Writer], ct);
            return pipe.Reader;
        }
        catch
        {
            pipe.Reader.Dispose();
            throw;
        }
        finally
        {
            pipe.Writer.Dispose();
        }
    }

    /// <summary>Where to write what the container shall read; the caller closes it, which does not end the container's input.</summary>
    /// <exception cref="OcidException">FailedPrecondition: its input is not open.</exception>
    public Task<FileDescriptor> OpenInputAsync(ContainerId id) => _loop.InvokeAsync(() =>
    {
        var held = _link.Held(id);
        var input = held.Descriptor(DescriptorName.Stdin) ?? held.Descriptor(DescriptorName.Master)
            ?? throw new OcidException(ErrorKind.FailedPrecondition, $"container {id}: its standard input is not open");
        return Task.FromResult(Descriptor.Duplicate(input));
    });

    /// <summary>Ends the container's input (stdin_once). No effect on a terminal.</summary>
    public async Task CloseInputAsync(ContainerId id, CancellationToken ct)
    {
        await AskAsync(new Request { Verb = Verb.CloseStdin, Id = id.Value }, [], ct);
        _loop.Post(() => _link.Close(id.Value, DescriptorName.Stdin));
    }

    /// <summary>Tells the container's programs the size of their terminal.</summary>
    /// <exception cref="OcidException">FailedPrecondition: it has none.</exception>
    public Task ResizeAsync(ContainerId id, ushort columns, ushort rows) => _loop.InvokeAsync(() =>
    {
        var master = _link.Held(id).Descriptor(DescriptorName.Master)
            ?? throw new OcidException(ErrorKind.FailedPrecondition, $"container {id}: it has no terminal");
        Terminal.Resize(master, columns, rows);
        return Task.CompletedTask;
    });
}
