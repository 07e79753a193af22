using System.Collections.Concurrent;
using Ocid.Images.Pushing;
using Ocid.Primitives;
using Spectre.Console;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>A bar for each layer, in bytes of its uncompressed content.</summary>
internal sealed class PushBars(ProgressContext bars) : IProgress<PushProgress>
{
    private readonly ConcurrentDictionary<Digest, ProgressTask> _layers = new();

    public static Task<PushedImage> ShowAsync(Terminal terminal, Func<IProgress<PushProgress>, Task<PushedImage>> push) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) })
            .Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(context => push(new PushBars(context)));

    public void Report(PushProgress value)
    {
        if (value.Layer is not { } layer)
            return;

        var bar = _layers.GetOrAdd(layer, _ => bars.AddTask(HumanText.ShortId(layer.Hex), maxValue: Math.Max(1, value.Total)));
        bar.Value = value.Stage == PushStage.Layer ? value.Read : bar.MaxValue;
    }
}
