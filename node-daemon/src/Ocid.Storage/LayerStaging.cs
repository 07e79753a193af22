using Ocid.Linux;
using Ocid.Storage.Layers;

namespace Ocid.Storage;

/// <summary>
/// The place where a layer is unpacked, out of every peer's sight, until <see cref="Store.CommitImageAsync"/> moves it into
/// the store. Disposing drops what was not committed.
/// </summary>
public sealed class LayerStaging : IAsyncDisposable
{
    private readonly StagingArea _area;
    private readonly FileLock _lock;
    private readonly string _name;

    internal LayerStaging(StagingArea area, string name, FileLock held) => (_area, _name, _lock) = (area, name, held);

    /// <summary>An empty directory that becomes the layer's content.</summary>
    public string DiffPath => Path.Combine(_area.TemporaryDirectory(_name), "diff");

    /// <summary>Where to write the layer's gzip-compressed tar-split record.</summary>
    public string TarSplitPath => _area.TarSplitPath(_name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await OwnThread.RunAsync(() => _area.Remove(_name));
        _lock.Dispose();
    }
}
