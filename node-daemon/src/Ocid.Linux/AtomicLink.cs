namespace Ocid.Linux;

/// <summary>Symbolic links that are replaced in one step: a reader finds the former target or the new one. The calls block.</summary>
public static class AtomicLink
{
    /// <summary>Puts a link where a link, a file or nothing is, and syncs its directory.</summary>
    /// <param name="path">The link.</param>
    /// <param name="target">What it says; it need not exist.</param>
    /// <exception cref="LinuxException">It could not be put there; what was there stands.</exception>
    public static void Write(string path, string target)
    {
        var directory = Path.GetDirectoryName(path)!;
        var temporary = Path.Combine(directory, $".tmp-{Path.GetFileName(path)}-{Guid.NewGuid():n}");
        File.CreateSymbolicLink(temporary, target);
        // Not File.Move, which takes a link to a directory for a directory.
        if (Libc.rename(temporary, path) < 0)
        {
            var failure = LinuxException.Last("rename", path);
            File.Delete(temporary);
            throw failure;
        }

        FileSystems.SyncDirectory(directory);
    }

    /// <summary>Removes a link, and syncs its directory.</summary>
    public static void Remove(string path)
    {
        File.Delete(path);
        FileSystems.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>What a link says; null where no link is.</summary>
    public static string? Target(string path) => new FileInfo(path).LinkTarget;
}
