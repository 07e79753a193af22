using System.Collections.Concurrent;
using Ocid.Images.Pulling;
using Ocid.Primitives;

namespace Ocid.Cri.Images;

/// <summary>Counts the compressed bytes of a pull: those that came over the network, and those of layers that the store had.</summary>
internal sealed class PulledBytes : IProgress<PullProgress>
{
    private readonly ConcurrentDictionary<Digest, bool> _received = new();
    private long _fetched;
    private long _reused;

    public long Fetched => Interlocked.Read(ref _fetched);

    public long Reused => Interlocked.Read(ref _reused);

    public void Report(PullProgress value)
    {
        if (value is { Stage: PullStage.Layer, Blob: { } receiving })
            _received[receiving] = true;
        else if (value is { Stage: PullStage.LayerReady, Blob: { } ready })
            Interlocked.Add(ref _received.ContainsKey(ready) ? ref _fetched : ref _reused, value.Total);
    }
}
