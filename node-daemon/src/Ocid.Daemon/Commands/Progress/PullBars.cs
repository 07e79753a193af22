using System.Collections.Concurrent;
using Ocid.Images.Pulling;
using Ocid.Primitives;
using Spectre.Console;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>A bar for each layer.</summary>
internal sealed class PullBars(ProgressContext bars) : IProgress<PullProgress>
{
    private readonly ConcurrentDictionary<Digest, ProgressTask> _layers = new();

    public static Task<PulledImage> ShowAsync(Terminal terminal, Func<IProgress<PullProgress>, Task<PulledImage>> pull) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) })
            .Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(context => pull(new PullBars(context)));

    public void Report(PullProgress value)
    {
        if (value.Blob is not { } blob)
            return;

        var bar = _layers.GetOrAdd(blob, _ => bars.AddTask(HumanText.ShortId(blob.Hex), maxValue: Math.Max(1, value.Total)));
        bar.Value = value.Stage == PullStage.LayerReady ? bar.MaxValue : value.Transferred;
    }
}
