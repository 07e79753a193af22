using Ocid.Images.Pushing;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>Shows a push to whoever watches: bars on a terminal, a line for each layer elsewhere.</summary>
internal static class PushScreen
{
    public static Task<PushedImage> ShowAsync(Terminal terminal, bool quiet, ImageReference destination, Func<IProgress<PushProgress>?, Task<PushedImage>> push)
    {
        if (quiet)
            return push(null);

        terminal.Error.WriteLine($"pushing to {destination}");
        return terminal.IsInteractive ? PushBars.ShowAsync(terminal, push) : push(new PushLines(terminal));
    }
}
