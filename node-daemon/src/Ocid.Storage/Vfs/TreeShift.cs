using Ocid.Linux;
using Ocid.Linux.Namespaces;

namespace Ocid.Storage.Vfs;

/// <summary>Gives a tree the owners that a user namespace gives them. What has one of its owners already keeps it, so that a shift that was cut off is taken up.</summary>
internal static class TreeShift
{
    public static void Shift(string tree, PinnedUserNamespace users)
    {
        using var above = RootedDirectory.Open(Path.GetDirectoryName(tree)!);
        using var directory = above.OpenDirectory("");
        Shift(directory, Path.GetFileName(tree), users);
    }

    private static void Shift(OpenDirectory parent, UnixPath name, PinnedUserNamespace users)
    {
        var status = parent.Status(name)!;
        if (status.Kind == FileKind.Directory)
        {
            using var directory = parent.OpenChild(name);
            foreach (var child in directory.Names())
                Shift(directory, child, users);
        }

        // Last, as the mark that all below is done.
        if (status.UserId < users.RootUid)
            TreeCopy.Describe(parent, name, status, parent, name, users);
    }
}
