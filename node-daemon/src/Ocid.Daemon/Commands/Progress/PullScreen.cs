using Ocid.Images.Pulling;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>Shows a pull to whoever watches: bars on a terminal, a line for each layer elsewhere.</summary>
internal static class PullScreen
{
    public static Task<PulledImage> ShowAsync(Terminal terminal, string image, Func<IProgress<PullProgress>, Task<PulledImage>> pull)
    {
        terminal.Error.WriteLine($"pulling {image}");
        return terminal.IsInteractive ? PullBars.ShowAsync(terminal, pull) : pull(new PullLines(terminal));
    }
}
