using Ocid.Linux;

namespace Ocid.Storage.Archive;

/// <summary>Compares the entries of a layer's archive with what is on disk, then the disk with the entries.</summary>
internal sealed class LayerComparison(string diffPath, bool isWhole) : IDisposable
{
    private static readonly UnixPath s_opaque = "trusted.overlay.opaque";

    private readonly LayerFiles _files = new(diffPath);
    private readonly LayerFiles _linked = new(diffPath);
    private readonly KnownFiles _known = new(diffPath);
    private readonly Dictionary<string, LayerDifference> _differences = [];
    private readonly KnownFiles _hidden = new(diffPath);
    private readonly HashSet<ulong> _opaque = [];

    public IReadOnlyList<LayerDifference> Differences => [.. _differences.Values];

    /// <summary>Notes a difference; the first of a file stands.</summary>
    public void Note(LayerDifference difference) => _differences.TryAdd(difference.Path, difference);

    /// <summary>Compares one entry; its content is compared by who reads it.</summary>
    public void Compare(TarEntry entry)
    {
        var path = EntryPath.Clean(entry.Name, int.MaxValue);
        if (path.Bytes.IsEmpty)
            return; // the root of a layer has the store's mode and owner

        _known.AddAncestors(path);
        var (parentPath, name) = path.Split();
        if (_files.Directory(parentPath) is not { } parent)
            Note(DifferenceKind.Missing, path, "its directory is gone");
        else if (name.Bytes.StartsWith(".wh."u8))
            CompareWhiteout(parent, parentPath, name);
        else if (parent.Status(name) is not { } status)
            Note(DifferenceKind.Missing, path, "gone");
        else
        {
            _known.Add(parent, name);
            if (Describe(parent, name, status, entry) is { } how)
                Note(DifferenceKind.Changed, path, how);
        }
    }

    /// <summary>Looks in a whole tree for what is neither the layer's nor as the tree below has it. Call it after the last.</summary>
    /// <param name="below">The tree of the layer below; null for the lowest.</param>
    /// <param name="ct">Looked at between pieces of content.</param>
    public void CompareRest(string? below, CancellationToken ct)
    {
        using var theirs = below is null ? null : RootedDirectory.Open(below);
        using var top = theirs?.OpenDirectory(default);
        new BelowComparison(_known, _hidden, _opaque, Note, ct).Compare(_files.Directory(default)!, top, default);
    }

    /// <summary>Looks for what no entry made. Call it after the last.</summary>
    public void FindExtra(CancellationToken ct) => FindExtra(_files.Directory(default)!, default, ct);

    public void Dispose()
    {
        _files.Dispose();
        _linked.Dispose();
        _known.Dispose();
        _hidden.Dispose();
    }

    private string? Describe(OpenDirectory parent, UnixPath name, FileStatus status, TarEntry entry)
    {
        if (entry.Kind == FileKind.None)
            return DescribeHardLink(status, entry);
        if (status.Kind != entry.Kind)
            return $"a {Text(status.Kind)} instead of a {Text(entry.Kind)}";
        if ((status.UserId, status.GroupId) != (entry.UserId, entry.GroupId))
            return $"owner {status.UserId}:{status.GroupId} instead of {entry.UserId}:{entry.GroupId}";
        if (status.Kind == FileKind.SymbolicLink)
            return parent.ReadSymbolicLink(name) is var target && target != entry.LinkName ? $"links to {target} instead of {entry.LinkName}" : null;
        if (status.Permissions != (entry.Permissions & 0xFFF))
            return $"mode {Convert.ToString(status.Permissions, 8)} instead of {Convert.ToString(entry.Permissions & 0xFFF, 8)}";
        if (status.Kind == FileKind.Regular && status.Size != entry.Size)
            return $"{status.Size} bytes instead of {entry.Size}";
        if (status.Kind is FileKind.CharacterDevice or FileKind.BlockDevice && status.NodeDevice != entry.Device)
            return "another device";
        foreach (var (attribute, value) in entry.Attributes)
        {
            if (LayerTree.Keeps(attribute) && parent.GetAttribute(name, attribute) is var found && !(found is null ? IsOptional(attribute) : found.AsSpan().SequenceEqual(value)))
                return $"attribute {attribute} {(found is null ? "is gone" : "is another")}";
        }

        return null;
    }

    private string? DescribeHardLink(FileStatus status, TarEntry entry) =>
        _linked.Find(entry.LinkName) is { } target && target.Directory.Status(target.Name) is { } other && (other.Device, other.Inode) == (status.Device, status.Inode)
            ? null : $"no hard link to {entry.LinkName} any more";

    private void CompareWhiteout(OpenDirectory parent, UnixPath parentPath, UnixPath name)
    {
        if (isWhole)
        {
            NoteHidden(parent, name);
            return;
        }

        if (name == ".wh..wh..opq")
        {
            if (!IsOpaque(parent.GetAttribute(s_opaque)))
                Note(DifferenceKind.Changed, parentPath, "shows again what the layers below have (not opaque)");
            return;
        }

        if (name.Bytes.StartsWith(".wh..wh."u8))
            return;
        var hidden = new UnixPath(name.Bytes[".wh.".Length..]);
        _known.Add(parent, hidden);
        var status = parent.Status(hidden);
        if (status is null || (status.Kind == FileKind.Directory && !IsOpaque(parent.GetAttribute(hidden, s_opaque))))
            Note(status is null ? DifferenceKind.Missing : DifferenceKind.Changed, parentPath.Below(hidden), "shows again what the layers below have (no whiteout)");
    }

    // In a whole tree what a layer hides is just not there, unless the layer has it itself, before or after.
    private void NoteHidden(OpenDirectory parent, UnixPath name)
    {
        if (name == ".wh..wh..opq")
            _opaque.Add(parent.Status().Inode);
        else if (!name.Bytes.StartsWith(".wh..wh."u8))
            _hidden.Add(parent, new UnixPath(name.Bytes[".wh.".Length..]));
    }

    private void FindExtra(OpenDirectory directory, UnixPath path, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        foreach (var name in directory.Names())
        {
            if (directory.Status(name) is not { } status)
                continue;
            if (!_known.Contains(directory, name))
                Note(DifferenceKind.Extra, path.Below(name), $"a {Text(status.Kind)} that the layer does not have");
            else if (status.Kind == FileKind.Directory)
            {
                using var child = directory.OpenChild(name);
                FindExtra(child, path.Below(name), ct);
            }
        }
    }

    private void Note(DifferenceKind kind, UnixPath path, string detail) => Note(new LayerDifference(kind, "/" + path, detail));

    // Some file systems do not have these, and every program on the store goes on without.
    private static bool IsOptional(UnixPath attribute) => attribute.Bytes.StartsWith("user."u8);

    private static bool IsOpaque(byte[]? value) => value is [(byte)'y'];

    /// <summary>A kind of file, for people.</summary>
    public static string Text(FileKind kind) => kind switch
    {
        FileKind.Regular => "regular file",
        FileKind.SymbolicLink => "symbolic link",
        FileKind.Directory => "directory",
        FileKind.CharacterDevice => "character device",
        FileKind.BlockDevice => "block device",
        FileKind.Fifo => "pipe",
        _ => "socket",
    };
}
