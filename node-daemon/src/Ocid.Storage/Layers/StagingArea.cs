using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Overlay;

namespace Ocid.Storage.Layers;

/// <summary>
/// <c>overlay/tempdirs</c>: newer peers know it and leave locked entries alone, older ones do not look there. tar-split
/// records wait beside the final ones, for <c>overlay</c> is often a mount of its own and a rename out of it impossible.
/// </summary>
/// <param name="paths">The store.</param>
/// <param name="home">Which of its places for layers this is for.</param>
/// <param name="keep">How long a verified layer, or a partial blob, is kept.</param>
/// <param name="mostPartial">The most bytes that partial blobs take.</param>
/// <param name="kept">Told when one is.</param>
/// <param name="reserve">Helps out when the disk is full.</param>
internal sealed partial class StagingArea(StorePaths paths, string home, TimeSpan keep, long mostPartial, Action kept, DiskReserve reserve)
{
    private const string DirectoryPrefix = "temp-dir-";
    private const string LockPrefix = "lock-";
    private const string TarSplitPrefix = ".staged-";

    private readonly string _tempDirs = StorePaths.TempDirs(home);

    /// <summary>The directory of temporary directories.</summary>
    public string TempDirs => _tempDirs;

    public string TemporaryDirectory(string name) => Path.Combine(_tempDirs, DirectoryPrefix + name);

    /// <summary>Whether a directory can be renamed into this area.</summary>
    public bool Holds(string path) => path.StartsWith(home + "/", StringComparison.Ordinal);

    public string TarSplitPath(string name) => Path.Combine(paths.LayersDirectory, $"{TarSplitPrefix}{name}.tar-split.gz");

    public string NotePath(string name) => Path.Combine(TemporaryDirectory(name), "verified.json");

    public void Kept() => kept();

    /// <summary>Takes up a layer that another pull left whole; null where there is none.</summary>
    public CommittedLayer? TakeUp(Digest diffId, Digest blob)
    {
        foreach (var name in Names())
        {
            var note = StagedLayerNote.Read(NotePath(name), keep);
            if (note?.DiffId != diffId || note.CompressedDigest != blob || FileLock.TryAcquire(LockPath(name), FileLockMode.Exclusive) is not { } held)
                continue;
            // Until the lock was ours, a cleaner may have come by.
            if (StagedLayerNote.Read(NotePath(name), keep) is { } layer && File.Exists(TarSplitPath(name)))
            {
                var staging = new LayerStaging(this, name, held);
                staging.Verified(layer);
                return layer with { Staged = staging };
            }

            held.Dispose();
        }

        return null;
    }

    public LayerStaging Create()
    {
        var reserved = Reserve();
        var diff = Directory.CreateDirectory(Path.Combine(reserved.Directory, "diff"));
        diff.UnixFileMode = OverlayModes.Diff;
        return new LayerStaging(this, reserved.Name, reserved.Held);
    }

    public void Remove(string name)
    {
        TreeRemoval.Remove(TemporaryDirectory(name));
        File.Delete(TarSplitPath(name));
        File.Delete(LockPath(name));
    }

    /// <summary>Removes what processes left that no longer hold its lock, but for verified layers and partial blobs whose time is not over.</summary>
    /// <returns>Whether any of those is left.</returns>
    public bool RemoveLeftovers()
    {
        var left = false;
        var names = Names().Concat(Directory.EnumerateFiles(_tempDirs).Select(file => After(Path.GetFileName(file), LockPrefix)))
            .Concat(TarSplits().Select(file => After(Path.GetFileName(file), TarSplitPrefix)?.Split('.')[0]))
            .OfType<string>().Distinct().ToList();
        foreach (var name in names)
        {
            using var held = FileLock.TryAcquire(LockPath(name), FileLockMode.Exclusive);
            if (held is null)
                continue;
            if (StagedLayerNote.Read(NotePath(name), keep) is not null || BlobNote(name) is not null)
                left = true;
            else
                Remove(name);
        }

        return left;
    }

    /// <summary>Makes a temporary directory.</summary>
    public Reservation Reserve()
    {
        while (true)
        {
            var name = Guid.NewGuid().ToString("n");
            var path = LockPath(name);
            if (FileLock.TryAcquire(path, FileLockMode.Exclusive) is not { } held)
                continue;
            // A cleaner may have removed the name between our creating and our locking it.
            if (!File.Exists(path))
            {
                held.Dispose();
                continue;
            }

            var directory = TemporaryDirectory(name);
            reserve.Run(() => Directory.CreateDirectory(directory, OverlayModes.Private));
            return new Reservation(name, directory, held);
        }
    }

    private string LockPath(string name) => Path.Combine(_tempDirs, LockPrefix + name);

    // Layers are unpacked only where those of images are.
    private IEnumerable<string> TarSplits() => home == paths.ImageHome ? Directory.EnumerateFiles(paths.LayersDirectory, TarSplitPrefix + "*") : [];

    private IEnumerable<string> Names() =>
        Directory.EnumerateDirectories(_tempDirs).Select(directory => After(Path.GetFileName(directory), DirectoryPrefix)).OfType<string>();

    private static string? After(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;
}
