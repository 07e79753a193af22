using Ocid.Linux;

namespace Ocid.Storage.Vfs;

/// <summary>Makes the changes of a layer, which is in overlay's form, in a copy of the tree below it. The layer's files are moved, not copied.</summary>
internal static class TreeMerge
{
    private static readonly UnixPath s_opaque = "trusted.overlay.opaque";

    /// <summary>Moves what is in a layer's directory into a tree of the same file system.</summary>
    public static void Merge(string layer, string tree)
    {
        using var from = RootedDirectory.Open(layer);
        using var top = from.OpenDirectory("");
        using var to = RootedDirectory.Open(tree);
        using var target = to.OpenDirectory("");
        if (IsOpaque(top.GetAttribute(s_opaque)))
            Clear(target);
        Merge(top, target);
    }

    private static void Merge(OpenDirectory from, OpenDirectory to)
    {
        foreach (var name in from.Names())
        {
            var status = from.Status(name)!;
            if (status is { Kind: FileKind.CharacterDevice, NodeDevice: { Major: 0, Minor: 0 } })
                to.Remove(name);
            else if (status.Kind == FileKind.Directory)
                MergeDirectory(from, name, status, to);
            else
            {
                to.Remove(name);
                from.Move(name, to, name);
            }
        }
    }

    private static void MergeDirectory(OpenDirectory from, UnixPath name, FileStatus status, OpenDirectory to)
    {
        if (to.Status(name) is { } present && present.Kind != FileKind.Directory)
            to.Remove(name);
        if (to.Status(name) is null)
            to.CreateDirectory(name);
        using (var layer = from.OpenChild(name))
        using (var tree = to.OpenChild(name))
        {
            if (IsOpaque(from.GetAttribute(name, s_opaque)))
                Clear(tree);
            Merge(layer, tree);
        }

        foreach (var attribute in to.AttributeNames(name).Where(attribute => from.GetAttribute(name, attribute) is null))
            to.RemoveAttribute(name, attribute);
        TreeCopy.Describe(from, name, status, to, name);
    }

    private static void Clear(OpenDirectory directory)
    {
        foreach (var name in directory.Names())
            directory.Remove(name);
    }

    private static bool IsOpaque(byte[]? value) => value is [(byte)'y'];
}
