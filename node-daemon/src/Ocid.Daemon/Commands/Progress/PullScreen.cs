using Ocid.Images.Pulling;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>Shows a pull to whoever watches.</summary>
internal static class PullScreen
{
    public static async Task<PulledImage> ShowAsync(
        Terminal terminal, ProgressKind kind, IReadOnlyList<ImageReference> candidates, Func<IProgress<PullProgress>?, Task<PulledImage>> pull)
    {
        if (kind is ProgressKind.Lines or ProgressKind.Bars)
            terminal.Error.WriteLine($"pulling {string.Join(", or ", candidates)}");
        return kind switch
        {
            ProgressKind.None => await pull(null).ConfigureAwait(false),
            ProgressKind.Bars => await LayerBars.ShowAsync(terminal, bars => pull(Watch(bars))).ConfigureAwait(false),
            ProgressKind.Messages => await MessagesAsync(new LayerMessages(terminal, "Downloading", "Pull complete", "Already exists"), candidates, pull).ConfigureAwait(false),
            _ => await pull(Watch(new LayerLines(terminal, "already here"))).ConfigureAwait(false),
        };
    }

    private static async Task<PulledImage> MessagesAsync(LayerMessages messages, IReadOnlyList<ImageReference> candidates, Func<IProgress<PullProgress>?, Task<PulledImage>> pull)
    {
        foreach (var candidate in candidates)
            messages.Write(new ProgressMessage { Status = $"Pulling from {candidate.Name}", Id = candidate.Digest?.ToString() ?? candidate.Tag });
        try
        {
            var pulled = await pull(Watch(messages)).ConfigureAwait(false);
            messages.Write(new ProgressMessage { Status = $"Digest: {pulled.ManifestDigest}" });
            messages.Write(new ProgressMessage { Images = [pulled.Id.Value], Id = pulled.Id.Value });
            return pulled;
        }
        catch (OcidException failure)
        {
            messages.Write(new ProgressMessage { Error = failure.Message });
            throw;
        }
    }

    private static LayerWatch<PullProgress> Watch(ILayerScreen screen) => new(value =>
    {
        if (value.Blob is not { } blob)
            return;
        if (value.Stage == PullStage.Layer)
            screen.Moving(blob, value.Transferred, value.Total);
        else
            screen.Ended(blob, value.Total, value.Stage == PullStage.LayerReused);
    });
}
