using System.Threading.Channels;
using Ocid.Cri.Containers;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring;
using Ocid.Spec.Schema;
using Ocid.Streaming;

namespace Ocid.Cri.Streaming;

/// <summary>Runs a command in a container for a client that is connected.</summary>
internal sealed class StreamedExec(ContainerLauncher launcher)
{
    // A client tells its size at once, or has none.
    private static readonly TimeSpan FirstSizeGrace = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs it to its end, and copies. A client that leaves takes the command with it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(Container container, ExecOffer offer, ProcessStreams streams, CancellationToken ct)
    {
        using var pipes = offer.Stdio.Terminal ? null : new ClientPipes(streams);
        var size = offer.Stdio.Terminal ? await FirstSizeAsync(streams.Resizes, ct).ConfigureAwait(false) : null;
        // Not cancelled: a command that starts while its client leaves must be known, to be killed. The monitor bounds the time.
        using var exec = await launcher.StartExecAsync(container, offer.Command, pipes?.Ends ?? new ExecStdio(null, null, null, Terminal: true), size).ConfigureAwait(false);
        using var ours = pipes?.TakeOurs() ?? ProcessDescriptors.Of(exec.Master!);
        try
        {
            return await FollowAsync(container, exec, ours, streams, ct).ConfigureAwait(false);
        }
        catch
        {
            await exec.KillAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<int> FollowAsync(Container container, RunningExec exec, ProcessDescriptors ours, ProcessStreams streams, CancellationToken ct)
    {
        using var ended = new CancellationTokenSource();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var outputs = Task.WhenAll(
            StreamCopy.OutAsync(ours.Output, streams.Output, ended.Token, over.Token),
            StreamCopy.OutAsync(ours.Error, streams.Error, ended.Token, over.Token));
        var inputs = Task.WhenAll(
            FeedAsync(ours, streams.Input, over.Token),
            StreamCopy.ResizeAsync(streams.Resizes, size => Resize(ours.Master, size), over.Token));
        try
        {
            var status = await exec.Exited.WaitAsync(ct).ConfigureAwait(false);
            ended.CancelAfter(StreamCopy.OutputGrace);
            await outputs.ConfigureAwait(false);
            return status?.Code ?? throw new OcidException(ErrorKind.Internal, $"exec in container {container.Id}: its exit status was lost");
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(outputs, inputs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // What a command asks its terminal first is its size: one that is set after the start would come too late for it.
    private static async Task<ConsoleSize?> FirstSizeAsync(ChannelReader<TerminalSize>? sizes, CancellationToken ct)
    {
        if (sizes is null)
            return null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(FirstSizeGrace);
        await ((Task)sizes.WaitToReadAsync(limit.Token).AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        return sizes.TryRead(out var size) ? new ConsoleSize { Width = size.Columns, Height = size.Rows } : null;
    }

    // The end of the client's input is the end of the command's; a terminal goes on.
    private static async Task FeedAsync(ProcessDescriptors ours, Stream? input, CancellationToken ct)
    {
        if (input is null || ours.Input is not { } to)
            return;
        await StreamCopy.InAsync(input, to, ct).ConfigureAwait(false);
        if (ours.Master is null)
            to.Dispose();
    }

    private static Task Resize(FileDescriptor? master, TerminalSize size)
    {
        if (master is not null)
            Terminal.Resize(master, size.Columns, size.Rows);
        return Task.CompletedTask;
    }
}
