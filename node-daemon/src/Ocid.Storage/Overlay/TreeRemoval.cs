using Ocid.Linux;

namespace Ocid.Storage.Overlay;

/// <summary>Deletes a layer's tree through descriptors: its names are bytes, and what is in it chose them.</summary>
internal static class TreeRemoval
{
    /// <summary>Deletes a directory with all below it; absent is no error.</summary>
    public static void Remove(string path)
    {
        if (!Directory.Exists(path))
            return;
        using var parent = RootedDirectory.Open(Path.GetDirectoryName(path)!);
        using var directory = parent.OpenDirectory(".");
        directory.Remove(Path.GetFileName(path));
    }
}
