using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Layers;

internal sealed partial class StagingArea
{
    // Layers and records come first.
    private const ulong FreeShare = 8;

    public string BlobPath(string name) => Path.Combine(TemporaryDirectory(name), "blob");

    /// <summary>Takes up what another pull left of a blob; null where there is nothing.</summary>
    public PartialBlob? TakeUpBlob(Digest blob)
    {
        foreach (var name in Names())
        {
            if (BlobNote(name)?.Blob != blob || FileLock.TryAcquire(LockPath(name), FileLockMode.Exclusive) is not { } held)
                continue;
            // Until the lock was ours, a cleaner may have come by.
            if (BlobNote(name) is { } note)
                return new PartialBlob(this, name, held, note.Start);
            held.Dispose();
        }

        return null;
    }

    /// <summary>A place for the bytes of a blob; null where there is no room.</summary>
    public PartialBlob? CreateBlob(Digest blob, long start)
    {
        RemoveBlobsUntilThereIsRoom();
        if (RoomForBlobs() <= 0)
            return null;
        var reserved = Reserve();
        new PartialBlobNote(blob, start).Write(BlobNotePath(reserved.Name));
        return new PartialBlob(this, reserved.Name, reserved.Held, start);
    }

    /// <summary>How many more bytes partial blobs may take.</summary>
    public long RoomForBlobs()
    {
        var disk = FileSystems.Usage(_tempDirs);
        var free = disk.AvailableBytes > disk.TotalBytes / FreeShare ? (long)(disk.AvailableBytes - (disk.TotalBytes / FreeShare)) : 0;
        return Math.Min(free, mostPartial - Blobs().Sum(blob => blob.Bytes.Length));
    }

    // Nobody waits for them any more, or whoever does comes too late.
    private void RemoveBlobsUntilThereIsRoom()
    {
        foreach (var (name, _) in Blobs().OrderBy(blob => blob.Bytes.LastWriteTimeUtc))
        {
            if (RoomForBlobs() > 0)
                return;
            using var held = FileLock.TryAcquire(LockPath(name), FileLockMode.Exclusive);
            if (held is not null)
                Remove(name);
        }
    }

    private List<(string Name, FileInfo Bytes)> Blobs() =>
        [.. Names().Select(name => (name, new FileInfo(BlobPath(name)))).Where(blob => blob.Item2.Exists)];

    private PartialBlobNote? BlobNote(string name) => PartialBlobNote.Read(BlobNotePath(name), BlobPath(name), keep);

    private string BlobNotePath(string name) => Path.Combine(TemporaryDirectory(name), "blob.json");
}
