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
    public Task<Stream> OpenLayerTarAsync(LayerId id, CancellationToken ct) => OwnThread.RunAsync<Stream>(() => OpenLayerTar(id), ct);

    private LayerTarStream OpenLayerTar(LayerId id, Action<LayerDifference>? damaged = null)
    {
        if (FindLayer(id) is null)
            throw new OcidException(ErrorKind.NotFound, $"layer {id}: not in the store");

        TarSplitReader? record = null;
        try
        {
            record = new TarSplitReader(new FileStream(_paths.TarSplit(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024));
            return new LayerTarStream(record, new LayerFiles(_paths.Diff(id)), $"layer {id}", damaged);
        }
        catch (FileNotFoundException absent)
        {
            throw new OcidException(ErrorKind.FailedPrecondition, $"layer {id}: no tar-split record, so its archive cannot be put together", absent);
        }
        catch
        {
            record?.Dispose();
            throw;
        }
    }
}
