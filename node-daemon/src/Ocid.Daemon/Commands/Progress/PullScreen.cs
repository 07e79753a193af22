using Ocid.Images.Pulling;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>Shows a pull to whoever watches: bars on a terminal, a line for each layer elsewhere.</summary>
internal static class PullScreen
{
    public static Task<PulledImage> ShowAsync(Terminal terminal, IReadOnlyList<ImageReference> candidates, Func<IProgress<PullProgress>, Task<PulledImage>> pull)
    {
        terminal.Error.WriteLine($"pulling {string.Join(", or ", candidates)}");
        return terminal.IsInteractive ? PullBars.ShowAsync(terminal, pull) : pull(new PullLines(terminal));
    }
}
