using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>A layer's entries on disk, whiteouts in overlay's form.</summary>
/// <remarks>https://github.com/opencontainers/image-spec/blob/main/layer.md, https://docs.kernel.org/filesystems/overlayfs.html</remarks>
internal sealed class LayerTree(string diffPath) : IDisposable
{
    private static readonly UnixPath Opaque = "trusted.overlay.opaque";

    private readonly RootedDirectory _root = RootedDirectory.Open(diffPath);
    private readonly List<(UnixPath Path, TarEntry Entry)> _directories = [];
    private readonly SortedSet<uint> _users = [];
    private readonly SortedSet<uint> _groups = [];
    private UnixPath _parentPath;
    private OpenDirectory? _parent;

    public IReadOnlyList<uint> UserIds => [.. _users];

    public IReadOnlyList<uint> GroupIds => [.. _groups];

    /// <summary>Makes what an entry describes.</summary>
    /// <returns>For a regular file, where its content goes, after which <see cref="Complete"/> is due; else null.</returns>
    public NewFile? Place(TarEntry entry, UnixPath path)
    {
        _users.Add(entry.UserId);
        _groups.Add(entry.GroupId);
        if (path.Bytes.IsEmpty)
            return PlaceRoot(entry);

        var (parentPath, name) = path.Split();
        var parent = Parent(parentPath);
        if (name.Bytes.StartsWith(".wh."u8))
            return PlaceWhiteout(parent, name);

        switch (entry.Kind)
        {
            case FileKind.Regular:
                return Replace(parent, name, () => parent.CreateFile(name));
            case FileKind.Directory:
                PlaceDirectory(parent, name);
                _directories.Add((path, entry));
                break;
            case FileKind.SymbolicLink:
                Replace(parent, name, () => parent.CreateSymbolicLink(name, entry.LinkName));
                break;
            case FileKind.None:
                PlaceHardLink(parent, name, entry);
                return null; // its metadata is that of the entry it repeats
            default:
                Replace(parent, name, () => parent.CreateNode(name, entry.Kind, entry.Device));
                break;
        }

        Describe(parent, name, entry);
        return null;
    }

    /// <summary>Gives a regular file its owner, mode, attributes and times, once its content is written.</summary>
    public static void Complete(NewFile file, TarEntry entry)
    {
        // In this order: a new owner clears set-id bits and capabilities.
        file.SetOwner(entry.UserId, entry.GroupId);
        file.SetPermissions(entry.Permissions);
        foreach (var (attribute, value) in entry.Attributes)
            SetAttribute(attribute, () => file.SetAttribute(attribute, value));
        file.SetTimes(entry.Accessed, entry.Modified);
    }

    /// <summary>Gives the directories their times, which every file made in them changed.</summary>
    public void Finish()
    {
        foreach (var (path, entry) in _directories)
        {
            var (parentPath, name) = path.Split();
            var parent = Parent(parentPath);
            if (parent.Status(name)?.Kind == FileKind.Directory)
                parent.SetTimes(name, entry.Accessed, entry.Modified);
        }
    }

    /// <summary>Whether an extended attribute of an entry gets onto the disk.</summary>
    /// <remarks>Labels are the host's business; overlay's own attributes would let an image redirect its lookups.</remarks>
    public static bool Keeps(UnixPath attribute) => attribute != "security.selinux" && !attribute.Bytes.StartsWith("trusted.overlay."u8);

    public void Dispose()
    {
        _parent?.Dispose();
        _root.Dispose();
    }

    // As the other programs on the store: the root of a layer keeps the store's mode and owner.
    private static NewFile? PlaceRoot(TarEntry entry) => entry.Kind == FileKind.Directory
        ? null
        : throw new OcidException(ErrorKind.DataLoss, $"layer archive: {Quoted.Text(entry.Name.ToString())} replaces the root of the layer");

    private static NewFile? PlaceWhiteout(OpenDirectory parent, UnixPath name)
    {
        if (name == ".wh..wh..opq")
            parent.SetAttribute(Opaque, "y"u8);
        else if (!name.Bytes.StartsWith(".wh..wh."u8)) // the others are notes of aufs to itself
            Hide(parent, new UnixPath(name.Bytes[".wh.".Length..]));
        return null;
    }

    // Only what the layers below have is hidden: this layer's own directory stays and hides theirs.
    private static void Hide(OpenDirectory parent, UnixPath hidden)
    {
        if (hidden == "" || hidden == "." || hidden == "..")
            throw new OcidException(ErrorKind.DataLoss, $"layer archive: a whiteout of {Quoted.Text(hidden.ToString())}");

        if (parent.Status(hidden) is not { } own)
            parent.CreateNode(hidden, FileKind.CharacterDevice);
        else if (own.Kind == FileKind.Directory)
            parent.SetAttribute(hidden, Opaque, "y"u8);
    }

    private static void PlaceDirectory(OpenDirectory parent, UnixPath name)
    {
        if (parent.Status(name) is not { } present)
        {
            parent.CreateDirectory(name);
            return;
        }

        if (present.Kind == FileKind.Directory)
            return;

        Replace(parent, name, () => parent.CreateDirectory(name));
        if (present is { Kind: FileKind.CharacterDevice, NodeDevice: { Major: 0, Minor: 0 } })
            parent.SetAttribute(name, Opaque, "y"u8);
    }

    private void PlaceHardLink(OpenDirectory parent, UnixPath name, TarEntry entry)
    {
        var (targetParent, target) = EntryPath.Clean(entry.LinkName, int.MaxValue).Split();
        if (target.Bytes.IsEmpty)
            throw new OcidException(ErrorKind.DataLoss, $"layer archive: {Quoted.Text(entry.Name.ToString())} is a hard link to the root");

        try
        {
            using var directory = _root.OpenDirectory(targetParent);
            Replace(parent, name, () => parent.CreateHardLink(name, directory, target));
        }
        catch (LinuxException absent) when (absent.Errno is Errno.ENOENT or Errno.ENOTDIR or Errno.EPERM)
        {
            throw new OcidException(
                ErrorKind.DataLoss, $"layer archive: {Quoted.Text(entry.Name.ToString())} is a hard link to {Quoted.Text(entry.LinkName.ToString())}, which is no file of this layer", absent);
        }
    }

    private static void Describe(OpenDirectory parent, UnixPath name, TarEntry entry)
    {
        // In this order: a new owner clears set-id bits and capabilities.
        parent.SetOwner(name, entry.UserId, entry.GroupId);
        if (entry.Kind != FileKind.SymbolicLink)
            parent.SetPermissions(name, entry.Permissions);
        foreach (var (attribute, value) in entry.Attributes)
            SetAttribute(attribute, () => parent.SetAttribute(name, attribute, value));
        if (entry.Kind != FileKind.Directory)
            parent.SetTimes(name, entry.Accessed, entry.Modified);
    }

    private static void SetAttribute(UnixPath attribute, Action set)
    {
        if (!Keeps(attribute))
            return;

        try
        {
            set();
        }
        catch (LinuxException unsupported) when (unsupported.Errno == Errno.EOPNOTSUPP)
        {
            // As the other programs on the store: a file system without such attributes still runs the image.
        }
    }

    private static void Replace(OpenDirectory parent, UnixPath name, Action create) => Replace<object?>(parent, name, () =>
    {
        create();
        return null;
    });

    private static T Replace<T>(OpenDirectory parent, UnixPath name, Func<T> create)
    {
        try
        {
            return create();
        }
        catch (LinuxException present) when (present.Errno == Errno.EEXIST)
        {
            parent.Remove(name);
            return create();
        }
    }

    // Entries come directory by directory. The open one cannot go stale: to replace a directory above it, an entry needs another
    // parent, and that takes the cache.
    private OpenDirectory Parent(UnixPath path)
    {
        if (_parent is not null && path == _parentPath)
            return _parent;

        _parent?.Dispose();
        _parent = null;
        _parent = _root.CreateDirectories(path);
        _parentPath = path;
        return _parent;
    }
}
