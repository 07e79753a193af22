using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Archive;

namespace Ocid.Storage;

public sealed partial class Store
{
    /// <summary>
    /// A layer's uncompressed archive, byte for byte: its digest is the layer's diff id. It is put together from the layer's record and files while it is
    /// read, in bounded memory; reads block on the disk. A file that changed or is missing fails the read, with DataLoss and the file's path.
    /// </summary>
    /// <exception cref="OcidException">NotFound: no such layer. FailedPrecondition: the program that made it kept no tar-split record.</exception>
    public Task<Stream> OpenLayerTarAsync(LayerId id, CancellationToken ct) => OwnThread.RunAsync<Stream>(
        () =>
        {
            var record = OpenTarSplit(id);
            try
            {
                return new LayerTarStream(record, new LayerFiles(_driver.Diff(id)), $"layer {id}");
            }
            catch
            {
                record.Dispose();
                throw;
            }
        },
        ct);

    /// <summary>Compares a layer's files with its archive: content, kind, owner, mode, attributes, link target, and what is there that should not be.</summary>
    /// <exception cref="OcidException">NotFound, FailedPrecondition: as <see cref="OpenLayerTarAsync"/>. DataLoss: the record itself is damaged.</exception>
    public Task<LayerCheck> CheckLayerAsync(LayerId id, CancellationToken ct) => OwnThread.RunAsync(
        () =>
        {
            using var record = OpenTarSplit(id);
            var below = _driver.TreesAreWhole && FindLayer(id)?.Parent is { } parent ? _driver.Diff(parent) : null;
            return LayerVerifier.Verify(record, _driver.Diff(id), $"layer {id}", _driver.TreesAreWhole, below, ct);
        },
        ct);

    private TarSplitReader OpenTarSplit(LayerId id)
    {
        if (FindLayer(id) is null)
            throw new OcidException(ErrorKind.NotFound, $"layer {id}: not in the store");
        try
        {
            return new TarSplitReader(new FileStream(_paths.TarSplit(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024));
        }
        catch (FileNotFoundException absent)
        {
            throw new OcidException(ErrorKind.FailedPrecondition, $"layer {id}: no tar-split record, so its archive cannot be put together", absent);
        }
    }
}
