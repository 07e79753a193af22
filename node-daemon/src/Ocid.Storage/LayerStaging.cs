using Ocid.Linux;
using Ocid.Storage.Layers;

namespace Ocid.Storage;

/// <summary>
/// The place where a layer is unpacked, out of every peer's sight, until <see cref="Store.CommitImageAsync"/> moves it into
/// the store. Disposing drops what was not committed, unless it was verified and is to be kept.
/// </summary>
public sealed class LayerStaging : IAsyncDisposable
{
    private readonly StagingArea _area;
    private readonly FileLock _lock;
    private readonly string _name;
    private bool _verified;
    private bool _keep;

    internal LayerStaging(StagingArea area, string name, FileLock held) => (_area, _name, _lock) = (area, name, held);

    /// <summary>An empty directory that becomes the layer's content.</summary>
    public string DiffPath => Path.Combine(_area.TemporaryDirectory(_name), "diff");

    /// <summary>Where to write the layer's gzip-compressed tar-split record.</summary>
    public string TarSplitPath => _area.TarSplitPath(_name);

    /// <summary>Says that the layer is whole and has the digest that it should have. Should this process die, the next one takes it up.</summary>
    public void Verified(CommittedLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        StagedLayerNote.Write(_area.NotePath(_name), layer);
        _verified = true;
    }

    /// <summary>What was unpacked is about to be moved away.</summary>
    internal void UsedUp()
    {
        File.Delete(_area.NotePath(_name));
        _verified = false;
    }

    /// <summary>Lets disposing leave a verified layer for <see cref="Store.TakeUpLayerAsync"/>, for <see cref="StoreOptions.KeepStaged"/> at the most.</summary>
    public void Keep() => _keep = true;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_keep || !_verified)
            await OwnThread.RunAsync(() => _area.Remove(_name));
        _lock.Dispose();
        if (_keep)
            _area.Kept();
    }
}
