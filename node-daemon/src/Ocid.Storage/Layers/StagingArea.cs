using Ocid.Linux;
using Ocid.Storage.Overlay;

namespace Ocid.Storage.Layers;

/// <summary>
/// <c>overlay/tempdirs</c>: newer peers know it and leave locked entries alone, older ones do not look there. tar-split
/// records wait beside the final ones, for <c>overlay</c> is often a mount of its own and a rename out of it impossible.
/// </summary>
internal sealed class StagingArea(StorePaths paths)
{
    private const string DirectoryPrefix = "temp-dir-";
    private const string LockPrefix = "lock-";
    private const string TarSplitPrefix = ".staged-";

    public string TemporaryDirectory(string name) => Path.Combine(paths.TempDirs, DirectoryPrefix + name);

    public string TarSplitPath(string name) => Path.Combine(paths.LayersDirectory, $"{TarSplitPrefix}{name}.tar-split.gz");

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
        File.Delete(Path.Combine(paths.TempDirs, LockPrefix + name));
    }

    /// <summary>Removes what processes left that no longer hold its lock.</summary>
    public void RemoveLeftovers()
    {
        var names = Directory.EnumerateFileSystemEntries(paths.TempDirs).Select(Path.GetFileName)
            .Select(entry => After(entry!, DirectoryPrefix) ?? After(entry!, LockPrefix))
            .Concat(Directory.EnumerateFiles(paths.LayersDirectory, TarSplitPrefix + "*")
                .Select(file => After(Path.GetFileName(file), TarSplitPrefix)?.Split('.')[0]))
            .OfType<string>().Distinct().ToList();
        foreach (var name in names)
        {
            using var held = FileLock.TryAcquire(Path.Combine(paths.TempDirs, LockPrefix + name), FileLockMode.Exclusive);
            if (held is not null)
                Remove(name);
        }
    }

    private (string Name, FileLock Held) Reserve()
    {
        while (true)
        {
            var name = Guid.NewGuid().ToString("n");
            var path = Path.Combine(paths.TempDirs, LockPrefix + name);
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

    private static string? After(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : null;
}
