using Ocid.Images.Pulling;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>A line for each layer once it is there.</summary>
internal sealed class PullLines(Terminal terminal) : IProgress<PullProgress>
{
    private readonly Lock _gate = new();
    private readonly HashSet<Digest> _received = [];
    private readonly HashSet<Digest> _ready = [];

    public void Report(PullProgress value)
    {
        if (value.Blob is not { } blob)
            return;

        lock (_gate)
        {
            if (value.Stage == PullStage.Layer)
                _received.Add(blob);
            else if (value.Stage == PullStage.LayerReady && _ready.Add(blob))
                terminal.Error.WriteLine($"layer {HumanText.ShortId(blob.Hex)}: {(_received.Contains(blob) ? HumanText.Size(value.Total) : "already here")}");
        }
    }
}
