using System.Collections.Concurrent;
using Ocid.Primitives;
using Spectre.Console;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>A bar for each layer that is on its way.</summary>
internal sealed class LayerBars(ProgressContext bars) : ILayerScreen
{
    private readonly ConcurrentDictionary<Digest, ProgressTask> _layers = new();

    public static Task<T> ShowAsync<T>(Terminal terminal, Func<LayerBars, Task<T>> work) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) })
            .Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(context => work(new LayerBars(context)));

    public void Moving(Digest layer, long done, long total) => Bar(layer, total).Value = done;

    public void Ended(Digest layer, long total, bool reused)
    {
        var bar = Bar(layer, total);
        bar.Value = bar.MaxValue;
    }

    private ProgressTask Bar(Digest layer, long total) =>
        _layers.GetOrAdd(layer, digest => bars.AddTask(HumanText.ShortId(digest.Hex), maxValue: Math.Max(1, total)));
}
