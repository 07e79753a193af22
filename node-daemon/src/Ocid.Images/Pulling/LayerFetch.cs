using Ocid.Images.Manifests;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Pulling;

/// <summary>One layer, unpacked and verified in a place of its own: as an interrupted attempt left it, or fetched, beginning within the blob where one stopped there.</summary>
internal sealed class LayerFetch(Store store, IBlobSource source, Descriptor blob, Digest diffId, LayerFetching fetching)
{
    private const long ProgressStep = 1 << 20;

    /// <summary>Told now and then how many bytes of the blob there are, and how many of those this attempt received.</summary>
    public Action<long, long> Received { get; init; } = static (_, _) => { };

    /// <summary>The bytes of the blob that were received in the end; none where the layer was there.</summary>
    public long Fetched { get; private set; }

    /// <summary>Whether it is worth keeping what has come.</summary>
    public static bool WillBeAskedForAgain(Exception failure) => failure is OperationCanceledException or OcidException { Kind: ErrorKind.Unavailable };

    /// <returns>The layer, with its staging to be disposed by the caller.</returns>
    /// <inheritdoc cref="LayerPull.RunAsync" path="/exception"/>
    public async Task<CommittedLayer> RunAsync(CancellationToken ct)
    {
        await fetching.Turns.WaitAsync(ct);
        try
        {
            return await store.TakeUpLayerAsync(diffId, blob.Digest, ct) ?? await FetchAsync(ct);
        }
        finally
        {
            fetching.Turns.Release();
        }
    }

    private async Task<CommittedLayer> FetchAsync(CancellationToken ct)
    {
        for (var takeUp = true; ; takeUp = false)
        {
            await using var spool = new BlobSpool(store, blob, fetching.Transfer, TimeProvider.System);
            if (takeUp)
                await spool.TakeUpAsync(ct);
            try
            {
                var layer = await UnpackAsync(spool, ct);
                Fetched = FetchedOf(blob.Size, spool.Former);
                return layer;
            }
            catch (Exception failure) when (WillBeAskedForAgain(failure))
            {
                spool.Keep();
                throw;
            }
            catch (OcidException) when (spool.Former is not null)
            {
                // What was taken up had been checked by nobody: it may be what is wrong.
            }
        }
    }

    private async Task<CommittedLayer> UnpackAsync(BlobSpool spool, CancellationToken ct)
    {
        var staging = await store.StageLayerAsync(ct);
        try
        {
            var pull = new LayerPull(source, blob, diffId, fetching.Limits, TimeProvider.System, InSteps(spool.Former)) { Gzip = fetching.Gzip, Transfer = fetching.Transfer, Spool = spool };
            var layer = await pull.FillAsync(staging, ct);
            staging.Verified(layer);
            return layer;
        }
        catch
        {
            await staging.DisposeAsync();
            throw;
        }
    }

    private Action<long> InSteps(KeptBytes? former)
    {
        var reported = 0L;
        return length =>
        {
            if (length - reported < ProgressStep)
                return;
            reported = length;
            Received(length, FetchedOf(length, former));
        };
    }

    // Of the first bytes of a blob, those that were not kept from an earlier attempt.
    private static long FetchedOf(long length, KeptBytes? former) =>
        former is null ? length : length - Math.Clamp(length - former.Start, 0, former.End - former.Start);
}
