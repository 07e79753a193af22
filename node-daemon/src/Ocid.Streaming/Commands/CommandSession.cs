using Ocid.Primitives;

namespace Ocid.Streaming.Commands;

/// <summary>A client's command, or its attachment, once its channels are there.</summary>
internal sealed class CommandSession(IStreamingHost host, CommandOffer offer)
{
    /// <summary>Runs it, tells the client how it ended, and that nothing more comes.</summary>
    public async Task<CommandStatus> RunAsync(CommandChannels channels, CancellationToken ct)
    {
        var resizes = new ResizeEvents();
        var resizing = channels.Resize is { } resize ? resizes.ReadAsync(resize, ct) : Task.CompletedTask;
        try
        {
            var status = await HostAsync(
                new ProcessStreams
                {
                    Input = channels.Input,
                    Output = channels.Output,
                    Error = channels.Error,
                    Resizes = channels.Resize is null ? null : resizes.Sizes,
                },
                ct);
            await channels.Status.WriteAsync(channels.JsonStatus ? status.ToJson() : status.ToText(), ct);
            foreach (var channel in (ByteChannel?[])[channels.Status, channels.Output, channels.Error])
                await (channel?.CompleteAsync(ct) ?? ValueTask.CompletedTask);
            return status;
        }
        finally
        {
            channels.Input?.DiscardInput();
            channels.Resize?.DiscardInput();
            await resizing;
        }
    }

    private async Task<CommandStatus> HostAsync(ProcessStreams streams, CancellationToken ct)
    {
        try
        {
            if (offer is ExecOffer exec)
                return new CommandStatus(await host.ExecAsync(exec, streams, ct));
            await host.AttachAsync((AttachOffer)offer, streams, ct);
            return new CommandStatus(0);
        }
        catch (OcidException failure) // the client's to read, and the log's
        {
            return new CommandStatus(0, offer is ExecOffer ? $"error executing command in container: {failure.Message}" : $"error attaching to container: {failure.Message}");
        }
    }
}
