using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Storage.Overlay;

namespace Ocid.Storage.Layers;

/// <summary>
/// <c>overlay/tempdirs</c>: newer peers know it and leave locked entries alone, older ones do not look there. tar-split
/// records wait beside the final ones, for <c>overlay</c> is often a mount of its own and a rename out of it impossible.
/// </summary>
/// <param name="paths">The store.</param>
/// <param name="keep">How long a verified layer is kept.</param>
/// <param name="kept">Told when one is.</param>
internal sealed class StagingArea(StorePaths paths, TimeSpan keep, Action kept)
{
    private const string DirectoryPrefix = "temp-dir-";
    private const string LockPrefix = "lock-";
    private const string TarSplitPrefix = ".staged-";

    public string TemporaryDirectory(string name) => Path.Combine(paths.TempDirs, DirectoryPrefix + name);

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
        var (name, held) = Reserve();
        Directory.CreateDirectory(Path.Combine(TemporaryDirectory(name), "diff"));
        File.SetUnixFileMode(Path.Combine(TemporaryDirectory(name), "diff"), OverlayModes.Diff);
        return new LayerStaging(this, name, held);
    }

    /// <summary>A directory to move things to that are to be deleted once the locks of the store are given back.</summary>
    public Discarded Discard()
    {
        var (name, held) = Reserve();
        return new Discarded(TemporaryDirectory(name), () =>
        {
            Remove(name);
            held.Dispose();
        });
    }

    public void Remove(string name)
    {
        TreeRemoval.Remove(TemporaryDirectory(name));
        File.Delete(TarSplitPath(name));
        File.Delete(LockPath(name));
    }

    /// <summary>Removes what processes left that no longer hold its lock, but for verified layers whose time is not over.</summary>
    /// <returns>Whether any of those is left.</returns>
    public bool RemoveLeftovers()
    {
        var left = false;
        var names = Names().Concat(Directory.EnumerateFiles(paths.TempDirs).Select(file => After(Path.GetFileName(file), LockPrefix)))
            .Concat(Directory.EnumerateFiles(paths.LayersDirectory, TarSplitPrefix + "*")
                .Select(file => After(Path.GetFileName(file), TarSplitPrefix)?.Split('.')[0]))
            .OfType<string>().Distinct().ToList();
        foreach (var name in names)
        {
            using var held = FileLock.TryAcquire(LockPath(name), FileLockMode.Exclusive);
            if (held is null)
                continue;
            if (StagedLayerNote.Read(NotePath(name), keep) is not null)
                left = true;
            else
                Remove(name);
        }

        return left;
    }

    private (string Name, FileLock Held) Reserve()
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

            Directory.CreateDirectory(TemporaryDirectory(name), OverlayModes.Private);
            return (name, held);
        }
    }

    private string LockPath(string name) => Path.Combine(paths.TempDirs, LockPrefix + name);

    private IEnumerable<string> Names() =>
        Directory.EnumerateDirectories(paths.TempDirs).Select(directory => After(Path.GetFileName(directory), DirectoryPrefix)).OfType<string>();

    private static string? After(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;
}
