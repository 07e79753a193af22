using Ocid.Linux;

namespace Ocid.Storage.Archive;

/// <summary>Compares what a whole tree has of the layers below with the tree of the layer below: all but what the layer itself makes or takes away.</summary>
/// <param name="own">What the layer makes.</param>
/// <param name="hidden">What its whiteouts take away.</param>
/// <param name="opaque">The inodes of the directories in which it takes away all that is below.</param>
/// <param name="note">Told each difference.</param>
/// <param name="ct">Looked at between pieces of content.</param>
internal sealed class BelowComparison(KnownFiles own, KnownFiles hidden, HashSet<ulong> opaque, Action<DifferenceKind, UnixPath, string> note, CancellationToken ct)
{
    private readonly byte[] _mine = new byte[64 * 1024];
    private readonly byte[] _theirs = new byte[64 * 1024];

    /// <param name="tree">A directory of the tree.</param>
    /// <param name="below">The same of the tree below; null where that has none, or none that is to be seen.</param>
    /// <param name="path">Where they are.</param>
    public void Compare(OpenDirectory tree, OpenDirectory? below, UnixPath path)
    {
        ct.ThrowIfCancellationRequested();
        if (opaque.Contains(tree.Status().Inode))
            below = null;
        foreach (var name in tree.Names())
        {
            if (tree.Status(name) is { } status)
                CompareOne(tree, below, path, name, status);
        }

        foreach (var name in below?.Names() ?? [])
        {
            if (tree.Status(name) is null && !own.Contains(tree, name) && !hidden.Contains(tree, name))
                note(DifferenceKind.Missing, path.Below(name), "gone, though the layer below has it");
        }
    }

    private void CompareOne(OpenDirectory tree, OpenDirectory? below, UnixPath path, UnixPath name, FileStatus status)
    {
        var (isOwn, isHidden, theirs) = (own.Contains(tree, name), hidden.Contains(tree, name), below?.Status(name));
        if (!isOwn && (isHidden || theirs is null))
        {
            note(DifferenceKind.Extra, path.Below(name), isHidden ? "is there again, though the layer takes it away" : $"a {LayerComparison.Text(status.Kind)} that the layer does not have");
            return;
        }

        if (!isOwn && Describe(tree, below!, name, status, theirs!) is { } how)
            note(DifferenceKind.Changed, path.Below(name), $"{how} in the layer below");
        else if (status.Kind == FileKind.Directory)
        {
            using var child = tree.OpenChild(name);
            using var childBelow = !isHidden && theirs is { Kind: FileKind.Directory } ? below!.OpenChild(name) : null;
            Compare(child, childBelow, path.Below(name));
        }
    }

    private string? Describe(OpenDirectory tree, OpenDirectory below, UnixPath name, FileStatus status, FileStatus theirs)
    {
        if (status.Kind != theirs.Kind)
            return $"a {LayerComparison.Text(status.Kind)}, and a {LayerComparison.Text(theirs.Kind)}";
        if ((status.UserId, status.GroupId) != (theirs.UserId, theirs.GroupId))
            return $"owner {status.UserId}:{status.GroupId}, and {theirs.UserId}:{theirs.GroupId}";
        if (status.Kind == FileKind.SymbolicLink)
            return tree.ReadSymbolicLink(name) is var target && target != below.ReadSymbolicLink(name) ? $"links to {target}, and elsewhere" : null;
        if (status.Permissions != theirs.Permissions)
            return $"mode {Convert.ToString(status.Permissions, 8)}, and {Convert.ToString(theirs.Permissions, 8)}";
        if (status.Kind is FileKind.CharacterDevice or FileKind.BlockDevice)
            return status.NodeDevice == theirs.NodeDevice ? null : "one device, and another";
        if (status.Kind != FileKind.Regular)
            return null;
        return status.Size != theirs.Size ? $"{status.Size} bytes, and {theirs.Size}" : HasSameContent(tree, below, name) ? null : "one content, and another";
    }

    private bool HasSameContent(OpenDirectory tree, OpenDirectory below, UnixPath name)
    {
        using var mine = tree.OpenFile(name);
        using var theirs = below.OpenFile(name);
        for (var at = 0L; ;)
        {
            ct.ThrowIfCancellationRequested();
            var length = RandomAccess.Read(mine, _mine, at);
            if (!Fill(theirs, _theirs.AsSpan(0, length), at) || !_mine.AsSpan(0, length).SequenceEqual(_theirs.AsSpan(0, length)))
                return false;
            if (length == 0)
                return true;
            at += length;
        }
    }

    private static bool Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> bytes, long at)
    {
        while (bytes.Length > 0)
        {
            var length = RandomAccess.Read(file, bytes, at);
            if (length == 0)
                return false;
            bytes = bytes[length..];
            at += length;
        }

        return true;
    }
}
