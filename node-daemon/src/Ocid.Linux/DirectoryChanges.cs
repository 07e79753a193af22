namespace Ocid.Linux;

/// <summary>
/// Follows directories by inotify(7), also such as do not exist yet: then their nearest existing ancestor is watched. Files
/// inside are followed, directories inside are not.
/// </summary>
public sealed class DirectoryChanges : IDisposable
{
    private const int O_NONBLOCK = 0x800;
    private const int O_CLOEXEC = 0x80000;
    private const uint Changes = Libc.IN_CLOSE_WRITE | Libc.IN_MOVED_FROM | Libc.IN_MOVED_TO | Libc.IN_CREATE | Libc.IN_DELETE
        | Libc.IN_DELETE_SELF | Libc.IN_MOVE_SELF | Libc.IN_ONLYDIR;

    private readonly IReadOnlyList<string> _directories;
    private readonly Action _changed;
    private readonly FileDescriptor _inotify;
    private readonly byte[] _buffer = new byte[4096];
    private HashSet<int> _watched = [];
    private EventWatch? _events;

    private DirectoryChanges(IReadOnlyList<string> directories, Action changed)
    {
        (_directories, _changed) = (directories, changed);
        _inotify = new FileDescriptor(Syscall.Check(Libc.inotify_init1(O_NONBLOCK | O_CLOEXEC), "inotify_init1"));
    }

    /// <summary>Starts to follow. What changes after the return is told.</summary>
    /// <param name="directories">Absolute paths.</param>
    /// <param name="changed">Called on the event loop's thread, once for several changes; must be short.</param>
    /// <exception cref="LinuxException">No more inotify instances or watches.</exception>
    public static DirectoryChanges Follow(IReadOnlyList<string> directories, Action changed)
    {
        var changes = new DirectoryChanges([.. directories.Select(Path.GetFullPath)], changed);
        changes.Rearm();
        EventLoop.Shared.Post(() => changes._events = EventLoop.Shared.Watch(changes._inotify, EventMask.Read, _ => changes.Drain()));
        return changes;
    }

    /// <inheritdoc/>
    public void Dispose() => EventLoop.Shared.Post(() =>
    {
        _events?.Dispose();
        _events = null;
        _inotify.Dispose();
    });

    private void Drain()
    {
        while (Descriptor.TryRead(_inotify, _buffer, out var count) && count > 0)
        {
        }

        Rearm();
        _changed();
    }

    // A watch on the same directory gives the same number again, so that only what is no longer wanted has to go.
    private void Rearm()
    {
        var wanted = new HashSet<int>();
        foreach (var directory in _directories)
            wanted.Add(WatchNearest(directory));
        foreach (var old in _watched.Except(wanted))
            Libc.inotify_rm_watch(_inotify, old);
        _watched = wanted;
    }

    private int WatchNearest(string directory)
    {
        while (true)
        {
            var path = directory;
            while (true)
            {
                var watch = Libc.inotify_add_watch(_inotify, path, Changes);
                if (watch < 0 && Syscall.LastErrno is Errno.ENOENT or Errno.ENOTDIR && path.Length > 1)
                {
                    path = Path.GetDirectoryName(path)!;
                    continue;
                }

                Syscall.Check(watch, "inotify_add_watch", path);
                if (path == directory || !Directory.Exists(NextBelow(path, directory)))
                    return watch;
                break; // it appeared between the two calls
            }
        }
    }

    private static string NextBelow(string ancestor, string directory)
    {
        var start = ancestor.Length == 1 ? 1 : ancestor.Length + 1;
        var end = directory.IndexOf('/', start);
        return end < 0 ? directory : directory[..end];
    }
}
