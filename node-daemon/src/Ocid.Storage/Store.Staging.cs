using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage;

public sealed partial class Store
{
    private readonly Lock _sweepGate = new();
    private Timer? _sweep;

    /// <summary>A place to unpack a layer into, before <see cref="CommitImageAsync"/>.</summary>
    public Task<LayerStaging> StageLayerAsync(CancellationToken ct) => OwnThread.RunAsync(_staging.Create, ct);

    /// <summary>Takes up a layer that an interrupted pull, of this process or one that ended, had unpacked and verified; null where there is none.</summary>
    /// <param name="diffId">The digest of its uncompressed archive.</param>
    /// <param name="blob">The digest of the blob that it came in.</param>
    /// <param name="ct">Looked at before the search.</param>
    /// <returns>The layer, with its staging to be disposed by the caller.</returns>
    public Task<CommittedLayer?> TakeUpLayerAsync(Digest diffId, Digest blob, CancellationToken ct) =>
        OwnThread.RunAsync(() => _staging.TakeUp(diffId, blob), ct);

    /// <summary>Takes up what came of a blob until a pull, of this process or one that ended, was interrupted; null where nothing was kept.</summary>
    /// <param name="blob">The blob's digest.</param>
    /// <param name="ct">Looked at before the search.</param>
    /// <returns>The bytes, which nobody has checked, to be disposed by the caller.</returns>
    public Task<PartialBlob?> TakeUpBlobAsync(Digest blob, CancellationToken ct) => OwnThread.RunAsync(() => _staging.TakeUpBlob(blob), ct);

    /// <summary>Begins to keep what comes of a blob. Blocks.</summary>
    /// <param name="blob">The blob's digest.</param>
    /// <param name="start">Where in the blob the first byte will be.</param>
    /// <returns>Where to put it, to be disposed by the caller; null where there is no room.</returns>
    public PartialBlob? KeepBlob(Digest blob, long start)
    {
        try
        {
            return _staging.CreateBlob(blob, start);
        }
        catch (Exception failure) when (failure is OcidException or IOException or UnauthorizedAccessException)
        {
            LogNotKept(blob, failure); // it would have been of use once, perhaps
            return null;
        }
    }

    // What is kept goes when its time is over, though nobody pulls again.
    private void SweepLater()
    {
        lock (_sweepGate)
            (_sweep ??= new Timer(static store => ((Store)store!).Sweep(), this, Timeout.Infinite, Timeout.Infinite)).Change(_options.KeepStaged, Timeout.InfiniteTimeSpan);
    }

    private void Sweep() => _ = OwnThread.RunAsync(() =>
    {
        try
        {
            if (_staging.RemoveLeftovers())
                SweepLater();
        }
        catch (Exception failure) when (failure is OcidException or IOException or UnauthorizedAccessException)
        {
            LogNotSwept(failure); // the next start tries again
        }
    });

    private async ValueTask StopSweepingAsync()
    {
        if (_sweep is not null)
            await _sweep.DisposeAsync();
    }
}
