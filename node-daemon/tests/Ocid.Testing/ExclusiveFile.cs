namespace Ocid.Testing;

/// <summary>A file that one process at a time has open: whoever comes second waits.</summary>
internal static class ExclusiveFile
{
    public static async Task<FileStream> OpenAsync(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(50);
            }
        }
    }
}
