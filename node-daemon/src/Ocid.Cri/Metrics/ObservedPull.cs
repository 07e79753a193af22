using Ocid.Images.Pulling;
using Ocid.Primitives;

namespace Ocid.Cri.Metrics;

/// <summary>Turns the progress of one pull into counts. Layers report from threads of their own.</summary>
internal sealed class ObservedPull(PullMetrics metrics, string image) : IProgress<PullProgress>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Digest, PullProgress> _layers = [];

    public void Report(PullProgress value)
    {
        lock (_gate)
        {
            if (value.Blob is { } blob)
                Count(blob, value);
            else if (value.Stage is PullStage.Done or PullStage.Failed)
                metrics.Hide(image);
        }
    }

    private void Count(Digest blob, PullProgress value)
    {
        // A layer that comes anew begins at nothing.
        var before = _layers.GetValueOrDefault(blob)?.Fetched ?? 0;
        metrics.Fetched(value.Fetched >= before ? value.Fetched - before : value.Fetched);
        _layers[blob] = value;
        if (value.Stage == PullStage.LayerReady)
            metrics.LayerFetched(value.Total);
        else if (value.Stage == PullStage.LayerReused)
            metrics.LayerReused(value.Total);
        metrics.Show(image, _layers.Values.Sum(layer => layer.Transferred), _layers.Values.Sum(layer => layer.Total));
    }
}
