using System.Text;
using Ocid.Primitives;

namespace Ocid.Linux;

/// <summary>SELinux labels of files.</summary>
/// <remarks>https://man7.org/linux/man-pages/man8/selinux.8.html</remarks>
public static class SecurityLabels
{
    private const string Attribute = "security.selinux";
    private const int Deepest = 512;

    /// <summary>Labels a file, or a directory and all below it. Nothing is followed; a file system that keeps no labels is left as it is. Blocks.</summary>
    /// <param name="path">Where, symbolic links resolved.</param>
    /// <param name="label">The label.</param>
    /// <exception cref="LinuxException">Something cannot be labelled.</exception>
    /// <exception cref="OcidException">InvalidArgument: directories are nested without end.</exception>
    public static void Set(string path, string label)
    {
        using var root = RootedDirectory.Open(Path.GetDirectoryName(path) ?? "/");
        using var directory = root.OpenDirectory(".");
        Set(directory, Path.GetFileName(path), Encoding.UTF8.GetBytes(label + "\0"), depth: 0);
    }

    private static void Set(OpenDirectory parent, UnixPath name, byte[] label, int depth)
    {
        if (depth > Deepest)
            throw new OcidException(ErrorKind.InvalidArgument, $"label {name}: more than {Deepest} directories deep");
        if (parent.Status(name) is not { } status)
            return; // removed meanwhile
        try
        {
            parent.SetAttribute(name, Attribute, label);
        }
        catch (LinuxException unable) when (unable.Errno == Errno.EOPNOTSUPP)
        {
            return;
        }

        if (status.Kind != FileKind.Directory)
            return;
        using var directory = parent.OpenChild(name);
        foreach (var child in directory.Names())
            Set(directory, child, label, depth + 1);
    }
}
