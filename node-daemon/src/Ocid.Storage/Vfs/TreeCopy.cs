using Ocid.Linux;
using Ocid.Linux.Namespaces;
using Ocid.Primitives;

namespace Ocid.Storage.Vfs;

/// <summary>Copies a tree with owners, modes, attributes, times and hard links. Both may be hostile: every step goes by open directories.</summary>
internal sealed class TreeCopy : IDisposable
{
    private readonly RootedDirectory _target;
    private readonly Dictionary<ulong, UnixPath> _linked = [];

    private readonly PinnedUserNamespace? _users;

    private TreeCopy(string target, PinnedUserNamespace? users) => (_target, _users) = (RootedDirectory.Open(target), users);

    /// <summary>Copies what is in one directory into another, which is empty and becomes like it.</summary>
    /// <param name="source">The one.</param>
    /// <param name="target">The other.</param>
    /// <param name="users">A user namespace whose owners the copies get; null for the same.</param>
    public static void Copy(string source, string target, PinnedUserNamespace? users = null)
    {
        using var copy = new TreeCopy(target, users);
        using var from = RootedDirectory.Open(source);
        using var top = from.OpenDirectory("");
        copy.Fill(top, default);
        using var above = RootedDirectory.Open(Path.GetDirectoryName(target)!);
        using var directory = above.OpenDirectory("");
        using var sourceAbove = RootedDirectory.Open(Path.GetDirectoryName(source)!);
        using var sourceDirectory = sourceAbove.OpenDirectory("");
        UnixPath name = Path.GetFileName(source);
        Describe(sourceDirectory, name, sourceDirectory.Status(name)!, directory, Path.GetFileName(target), users);
    }

    /// <summary>Gives a file the owner, mode, attributes and times of another, or of itself where it gets a new owner.</summary>
    public static void Describe(OpenDirectory from, UnixPath name, FileStatus status, OpenDirectory to, UnixPath targetName, PinnedUserNamespace? users = null)
    {
        var attributes = from.AttributeNames(name).Where(Archive.LayerTree.Keeps).Select(attribute => (Name: attribute, Value: from.GetAttribute(name, attribute))).ToList();
        // In this order: a new owner clears set-id bits and capabilities.
        to.SetOwner(targetName, (users?.RootUid ?? 0) + status.UserId, (users?.RootGid ?? 0) + status.GroupId);
        if (status.Kind != FileKind.SymbolicLink)
            to.SetPermissions(targetName, status.Permissions);
        foreach (var attribute in attributes.Where(attribute => attribute.Value is not null))
            to.SetAttribute(targetName, attribute.Name, attribute.Value);

        to.SetTimes(targetName, status.Modified, status.Modified);
    }

    public void Dispose() => _target.Dispose();

    private void Fill(OpenDirectory from, UnixPath path)
    {
        using var to = _target.OpenDirectory(path);
        foreach (var name in from.Names())
        {
            if (from.Status(name) is not { } status || status.Kind is FileKind.Socket)
                continue;
            var below = path.Bytes.IsEmpty ? name : new UnixPath([.. path.Bytes, (byte)'/', .. name.Bytes]);
            if (status.Kind == FileKind.Directory)
            {
                to.CreateDirectory(name);
                using var child = from.OpenChild(name);
                Fill(child, below);
            }
            else if (status.Links > 1 && !_linked.TryAdd(status.Inode, below))
            {
                var (parent, first) = _linked[status.Inode].Split();
                using var directory = _target.OpenDirectory(parent);
                to.CreateHardLink(name, directory, first);
                continue;
            }
            else
            {
                CopyFile(from, name, status, to);
            }

            Describe(from, name, status, to, name, _users);
        }
    }

    private static void CopyFile(OpenDirectory from, UnixPath name, FileStatus status, OpenDirectory to)
    {
        switch (status.Kind)
        {
            case FileKind.Regular:
                using (var source = from.OpenFile(name))
                using (var file = to.CreateFile(name))
                    file.CopyFrom(source);
                break;
            case FileKind.SymbolicLink:
                to.CreateSymbolicLink(name, from.ReadSymbolicLink(name));
                break;
            case FileKind.CharacterDevice or FileKind.BlockDevice or FileKind.Fifo:
                to.CreateNode(name, status.Kind, status.NodeDevice);
                break;
            default:
                throw new OcidException(ErrorKind.DataLoss, $"copy layer: {Quoted.Text(name.ToString())} is of no kind that a layer has");
        }
    }
}
