using Ocid.Images.Pushing;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>Shows a push to whoever watches. Its layers are measured in bytes of their uncompressed content.</summary>
internal static class PushScreen
{
    public static async Task<PushedImage> ShowAsync(Terminal terminal, ProgressKind kind, ImageReference destination, Func<IProgress<PushProgress>?, Task<PushedImage>> push)
    {
        if (kind is ProgressKind.Lines or ProgressKind.Bars)
            terminal.Error.WriteLine($"pushing to {destination}");
        return kind switch
        {
            ProgressKind.None => await push(null).ConfigureAwait(false),
            ProgressKind.Bars => await LayerBars.ShowAsync(terminal, bars => push(Watch(bars))).ConfigureAwait(false),
            ProgressKind.Messages => await MessagesAsync(new LayerMessages(terminal, "Pushing", "Pushed", "Layer already exists"), destination, push).ConfigureAwait(false),
            _ => await push(Watch(new LayerLines(terminal, "already there"))).ConfigureAwait(false),
        };
    }

    private static async Task<PushedImage> MessagesAsync(LayerMessages messages, ImageReference destination, Func<IProgress<PushProgress>?, Task<PushedImage>> push)
    {
        messages.Write(new ProgressMessage { Status = $"The push refers to repository [{destination.Name}]" });
        try
        {
            var pushed = await push(Watch(messages)).ConfigureAwait(false);
            messages.Write(new ProgressMessage { Status = $"{destination.Tag}: digest: {pushed.ManifestDigest}" });
            return pushed;
        }
        catch (OcidException failure)
        {
            messages.Write(new ProgressMessage { Error = failure.Message });
            throw;
        }
    }

    private static LayerWatch<PushProgress> Watch(ILayerScreen screen) => new(value =>
    {
        if (value.Layer is not { } layer)
            return;
        if (value.Stage == PushStage.Layer)
            screen.Moving(layer, value.Read, value.Total);
        else
            screen.Ended(layer, value.Total, value.Stage == PushStage.LayerReused);
    });
}
