using Ocid.Storage;

namespace Ocid.Images.Pulling;

/// <summary>A layer that is fetched and unpacked once for every running pull that needs it; dropped when the last has no more use for it.</summary>
internal sealed class StagedLayer(Action<StagedLayer> forget)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<CommittedLayer> _layer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _users = 1;

    /// <summary>Ends with the layer, or as the pull that fetches it fails.</summary>
    public Task<CommittedLayer> Layer => _layer.Task;

    /// <summary>Adds a pull; false when the last has left.</summary>
    public bool TryJoin()
    {
        lock (_gate)
        {
            if (_users == 0)
                return false;
            _users++;
            return true;
        }
    }

    public void Arrived(CommittedLayer layer) => _layer.SetResult(layer);

    public void Failed(Exception failure)
    {
        _layer.SetException(failure);
        _ = _layer.Task.Exception; // seen, should nobody else wait
    }

    /// <summary>Takes a pull away. After the last what was not committed is dropped, or kept for the next attempt.</summary>
    public async Task LeaveAsync(bool keep)
    {
        lock (_gate)
        {
            if (--_users > 0)
                return;
        }

        forget(this);
        if (!_layer.Task.IsCompletedSuccessfully || (await _layer.Task).Staged is not { } staging)
            return;
        if (keep)
            staging.Keep();
        await staging.DisposeAsync();
    }
}
