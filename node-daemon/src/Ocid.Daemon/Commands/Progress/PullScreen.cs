using Ocid.Images.Pulling;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>Shows a pull to whoever watches: bars on a terminal, a line for each layer elsewhere.</summary>
internal static class PullScreen
{
    public static Task<PulledImage> ShowAsync(Terminal terminal, ImageReference reference, Func<IProgress<PullProgress>, Task<PulledImage>> pull)
    {
        terminal.Error.WriteLine($"pulling {reference}");
        return terminal.IsInteractive ? PullBars.ShowAsync(terminal, pull) : pull(new PullLines(terminal));
    }
}
