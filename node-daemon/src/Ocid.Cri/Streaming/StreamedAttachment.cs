using Ocid.Cri.Containers;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring;
using Ocid.Streaming;

namespace Ocid.Cri.Streaming;

/// <summary>Joins a client to a container's first process. Several may be joined at once; each sees what is printed from then on.</summary>
internal sealed class StreamedAttachment(MonitorClient monitor)
{
    private static readonly TimeSpan JoinAgainAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>Copies until the container has ended; a client that leaves leaves it running.</summary>
    public async Task RunAsync(Container container, ProcessStreams streams, CancellationToken ct)
    {
        var id = container.Spec.ContainerId;
        using var input = streams.Input is null ? null : new PolledDescriptor(EventLoop.Shared, await monitor.OpenInputAsync(id).ConfigureAwait(false));
        using var ended = new CancellationTokenSource();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var stdout = JoinAsync(id, error: false, streams.Output, over.Token);
        var stderr = JoinAsync(id, error: true, container.Spec.Config.Tty ? null : streams.Error, over.Token);
        var outputs = Task.WhenAll(
            FollowAsync(container, error: false, stdout, streams.Output, ended.Token, over.Token),
            FollowAsync(container, error: true, stderr, streams.Error, ended.Token, over.Token));
        var inputs = Task.WhenAll(
            FeedAsync(container, streams.Input, input, Task.WhenAll(stdout, stderr), over.Token),
            StreamCopy.ResizeAsync(container.Spec.Config.Tty ? streams.Resizes : null, size => monitor.ResizeAsync(id, size.Columns, size.Rows), over.Token));
        try
        {
            await (await Task.WhenAny(outputs, container.Exited.WaitAsync(ct)).ConfigureAwait(false)).ConfigureAwait(false);
            await container.Exited.WaitAsync(ct).ConfigureAwait(false);
            ended.CancelAfter(StreamCopy.OutputGrace);
            await outputs.ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(outputs, inputs).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<PolledDescriptor?> JoinAsync(ContainerId id, bool error, Stream? to, CancellationToken ct) =>
        to is null ? null : new PolledDescriptor(EventLoop.Shared, await monitor.SubscribeAsync(id, error, ct).ConfigureAwait(false));

    // The end of the pipe is the end of the container's stream, or that of a monitor whose program was replaced: then the next one is asked.
    private async Task FollowAsync(
        Container container, bool error, Task<PolledDescriptor?> joined, Stream? to, CancellationToken ended, CancellationToken ct)
    {
        while (await joined.ConfigureAwait(false) is { } output && to is not null)
        {
            using (output)
                await StreamCopy.OutAsync(output, to, ended, ct).ConfigureAwait(false);
            if (ended.IsCancellationRequested
                || await Task.WhenAny(container.Exited, Task.Delay(JoinAgainAfter, ct)).ConfigureAwait(false) == container.Exited)
                return;
            joined = JoinAsync(container.Spec.ContainerId, error, to, ct);
        }
    }

    // Nothing is fed before the outputs are joined: a client sees the answer to what it sent. stdin_once: the input ends with the first client that had it.
    private async Task FeedAsync(Container container, Stream? from, PolledDescriptor? to, Task joined, CancellationToken ct)
    {
        if (from is null || to is null)
            return;
        try
        {
            await joined.ConfigureAwait(false);
            await StreamCopy.InAsync(from, to, ct).ConfigureAwait(false);
        }
        finally
        {
            to.Dispose(); // the container's input ends with its last writer, and this is one
            if (container.Spec.Config is { StdinOnce: true, Tty: false } && !container.Exited.IsCompleted)
                await CloseInputAsync(container).ConfigureAwait(false);
        }
    }

    private async Task CloseInputAsync(Container container)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await monitor.CloseInputAsync(container.Spec.ContainerId, limit.Token).ConfigureAwait(false);
        }
        catch (OcidException gone) when (gone.Kind == ErrorKind.NotFound)
        {
            // So is its input.
        }
    }
}
