namespace Ocid.Linux;

/// <summary>
/// Files that are replaced whole: after a crash a reader finds the former content or the new one. The calls block; from
/// asynchronous code run them through <see cref="OwnThread"/>.
/// </summary>
public static class AtomicFile
{
    /// <summary>rw for the owner alone.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes, syncs and renames <paramref name="path"/> into place, then syncs its directory.</summary>
    /// <param name="path">The file to replace or create.</param>
    /// <param name="content">Its new content.</param>
    /// <param name="mode">Its exact mode, whatever the umask.</param>
    /// <param name="durable">False leaves out both syncs: for what need not outlive a power cut.</param>
    /// <exception cref="IOException">Writing failed; the former content stands.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode = Private, bool durable = true) =>
        Write(path, content, mode, durable, static () => { });

    /// <summary>As above, and runs <paramref name="beforeRename"/> once the new content is durable and before it is seen.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte}, UnixFileMode, bool)"/>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode, bool durable, Action beforeRename)
    {
        ArgumentNullException.ThrowIfNull(beforeRename);
        var directory = Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".";
        var temporary = Path.Combine(directory, $".tmp-{Path.GetFileName(path)}-{Guid.NewGuid():n}");
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))
            {
                File.SetUnixFileMode(file, mode);
                RandomAccess.Write(file, content, 0);
                if (durable)
                    RandomAccess.FlushToDisk(file);
            }

            beforeRename();
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        if (durable)
            FileSystems.SyncDirectory(directory);
    }
}
