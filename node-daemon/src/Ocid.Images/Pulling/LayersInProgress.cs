using Ocid.Storage;

namespace Ocid.Images.Pulling;

/// <summary>The layers that running pulls fetch: two images that share one fetch it once.</summary>
internal sealed class LayersInProgress
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LayerId, StagedLayer> _layers = [];

    /// <summary>Fetches a layer, or waits for the pull that does. When that one fails or is cancelled, this one fetches it: its registry is another.</summary>
    /// <returns>The layer, whose <see cref="StagedLayer.LeaveAsync"/> is due in the end.</returns>
    public async Task<StagedLayer> FetchAsync(LayerId id, Func<Task<CommittedLayer>> fetch, CancellationToken ct)
    {
        while (true)
        {
            var (layer, isOurs) = Enter(id);
            try
            {
                if (isOurs)
                    layer.Arrived(await fetch());
                else
                    await layer.Layer.WaitAsync(ct);
                return layer;
            }
            catch (Exception failure)
            {
                if (isOurs)
                {
                    Forget(id, layer); // before its waiters wake
                    layer.Failed(failure);
                }

                await layer.LeaveAsync(keep: true);
                if (isOurs || ct.IsCancellationRequested)
                    throw;
            }
        }
    }

    private (StagedLayer Layer, bool IsOurs) Enter(LayerId id)
    {
        lock (_gate)
        {
            if (_layers.TryGetValue(id, out var running) && running.TryJoin())
                return (running, false);
            return (_layers[id] = new StagedLayer(layer => Forget(id, layer)), true);
        }
    }

    private void Forget(LayerId id, StagedLayer layer)
    {
        lock (_gate)
        {
            if (_layers.TryGetValue(id, out var current) && current == layer)
                _layers.Remove(id);
        }
    }
}
