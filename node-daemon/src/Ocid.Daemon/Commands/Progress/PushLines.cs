using Ocid.Images.Pushing;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>A line for each layer once it is there.</summary>
internal sealed class PushLines(Terminal terminal) : IProgress<PushProgress>
{
    private readonly Lock _gate = new();

    public void Report(PushProgress value)
    {
        if (value is not { Layer: { } layer, Stage: PushStage.LayerSent or PushStage.LayerReused })
            return;

        lock (_gate)
            terminal.Error.WriteLine($"layer {HumanText.ShortId(layer.Hex)}: {(value.Stage == PushStage.LayerReused ? "already there" : HumanText.Size(value.Total))}");
    }
}
