using Ocid.Images.Manifests;
using Ocid.Storage;

namespace Ocid.Images.Pulling;

/// <summary>
/// Keeps what has come of one blob for the next attempt, should this one be interrupted, and takes up what the last one left. Only what was waited for is worth
/// that: nothing is written before the network has kept us waiting for a while, so a pull that the disk or the processor holds up writes nothing twice.
/// </summary>
internal sealed class BlobSpool(Store store, Descriptor blob, BlobTransfer transfer, TimeProvider time) : IAsyncDisposable
{
    private PartialBlob? _partial;
    private TimeSpan _waited;
    private long _position;
    private bool _tried;

    /// <summary>What an earlier attempt left, unchecked; null where it left nothing.</summary>
    public KeptBytes? Former { get; private set; }

    /// <summary>Looks for what an earlier attempt left.</summary>
    public async Task TakeUpAsync(CancellationToken ct)
    {
        if (blob.Size < transfer.KeepFrom || await store.TakeUpBlobAsync(blob.Digest, ct) is not { } partial)
            return;
        if (partial.End > blob.Size) // it is of another blob, or the manifest is wrong: that shows when all comes anew
        {
            await partial.DisposeAsync();
            return;
        }

        (_partial, Former) = (partial, new KeptBytes(partial, partial.Start, partial.End));
    }

    /// <summary>The same stream, watched while it is read on a thread that may block.</summary>
    public Stream Over(Stream bytes) => new Watched(this, bytes);

    /// <summary>Lets disposing leave what came to the next attempt.</summary>
    public void Keep() => _partial?.Keep();

    public ValueTask DisposeAsync() => _partial?.DisposeAsync() ?? ValueTask.CompletedTask;

    private int Read(Stream bytes, Span<byte> buffer)
    {
        var started = time.GetTimestamp();
        var length = bytes.Read(buffer);
        _waited += time.GetElapsedTime(started);
        if (!_tried && _partial is null && blob.Size >= transfer.KeepFrom && _waited >= transfer.KeepAfter)
            (_tried, _partial) = (true, store.KeepBlob(blob.Digest, _position));
        // Of what was taken up only what follows is new.
        if (_partial is { } partial && _position <= partial.End && partial.End < _position + length)
            partial.Append(buffer[(int)(partial.End - _position)..length]);
        _position += length;
        return length;
    }

    private sealed class Watched(BlobSpool spool, Stream bytes) : Linux.ForwardStream
    {
        public override int Read(Span<byte> buffer) => spool.Read(bytes, buffer);
    }
}
