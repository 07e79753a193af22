using Ocid.Linux;

namespace Ocid.Storage.Overlay;

/// <summary>Adds up a tree. A file with several names counts once.</summary>
internal sealed class TreeUsage
{
    private readonly HashSet<ulong> _linked = [];
    private long _bytes;
    private long _inodes;

    /// <summary>The bytes and inodes of a directory and all below it; what vanishes meanwhile counts no more.</summary>
    public static (long Bytes, long Inodes) Of(string path)
    {
        if (!Directory.Exists(path))
            return (0, 0);
        using var root = RootedDirectory.Open(path);
        using var directory = root.OpenDirectory(".");
        var usage = new TreeUsage { _inodes = 1 };
        usage.Add(directory);
        return (usage._bytes, usage._inodes);
    }

    private void Add(OpenDirectory directory)
    {
        foreach (var name in directory.Names())
        {
            if (directory.Status(name) is not { } status || (status.Links > 1 && status.Kind != FileKind.Directory && !_linked.Add(status.Inode)))
                continue;
            _inodes++;
            if (status.Kind is FileKind.Regular or FileKind.SymbolicLink)
                _bytes += status.Size;
            else if (status.Kind == FileKind.Directory)
                Enter(directory, name);
        }
    }

    private void Enter(OpenDirectory directory, UnixPath name)
    {
        try
        {
            using var child = directory.OpenChild(name);
            Add(child);
        }
        catch (LinuxException gone) when (gone.Errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP)
        {
        }
    }
}
