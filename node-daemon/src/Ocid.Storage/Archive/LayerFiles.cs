using Microsoft.Win32.SafeHandles;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>The files of an unpacked layer, found by the names that its archive has. What is there may have been tampered with: nothing leads out.</summary>
internal sealed class LayerFiles(string diffPath) : IDisposable
{
    private readonly RootedDirectory _root = RootedDirectory.Open(diffPath);
    private UnixPath _parentPath;
    private OpenDirectory? _parent;

    /// <summary>The directory that a name of the archive is in, and its name there; null where there is no such directory. The directory is this object's.</summary>
    public (OpenDirectory Directory, UnixPath Name)? Find(UnixPath archiveName)
    {
        var (parentPath, name) = EntryPath.Clean(archiveName, int.MaxValue).Split();
        return Directory(parentPath) is { } directory ? (directory, name) : null;
    }

    /// <summary>A directory by its clean path, null where there is none. It is this object's, and lives until the next call.</summary>
    public OpenDirectory? Directory(UnixPath path)
    {
        if (_parent is not null && path == _parentPath)
            return _parent;

        _parent?.Dispose();
        _parent = null;
        try
        {
            _parent = _root.OpenDirectory(path);
        }
        catch (LinuxException absent) when (absent.Errno is Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP)
        {
            return null;
        }

        _parentPath = path;
        return _parent;
    }

    /// <summary>Opens a regular file; null where there is none, whatever else there is.</summary>
    public SafeFileHandle? Open(UnixPath archiveName)
    {
        if (Find(archiveName) is not { } found || found.Name.Bytes.IsEmpty)
            return null;
        try
        {
            return found.Directory.OpenFile(found.Name);
        }
        catch (LinuxException absent) when (absent.Errno is Errno.ENOENT or Errno.ELOOP or Errno.ENXIO)
        {
            return null;
        }
        catch (OcidException other) when (other.Kind == ErrorKind.FailedPrecondition)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _parent?.Dispose();
        _root.Dispose();
    }
}
