using Ocid.Primitives;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>A line for each layer once it is there.</summary>
/// <param name="terminal">Where to.</param>
/// <param name="there">What to say of one that was there: <c>already here</c>.</param>
internal sealed class LayerLines(Terminal terminal, string there) : ILayerScreen
{
    private readonly Lock _gate = new();
    private readonly HashSet<Digest> _ended = [];

    public void Moving(Digest layer, long done, long total)
    {
    }

    public void Ended(Digest layer, long total, bool reused)
    {
        lock (_gate)
        {
            if (_ended.Add(layer))
                terminal.Error.WriteLine($"layer {HumanText.ShortId(layer.Hex)}: {(reused ? there : HumanText.Size(total))}");
        }
    }
}
