namespace Ocid.Cri.State;

internal static class DirectoryTree
{
    /// <summary>Deletes a directory that only this program writes; gone already is fine.</summary>
    public static void Delete(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // What the caller wants.
        }
    }
}
