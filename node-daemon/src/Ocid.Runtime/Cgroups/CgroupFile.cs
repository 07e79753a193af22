using System.Globalization;
using System.Text;

namespace Ocid.Runtime.Cgroups;

// Files of a cgroup. A controller that is not there, and a cgroup that goes away meanwhile, read as nothing.
internal static class CgroupFile
{
    public static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException || IsRemoved(gone))
        {
            return null;
        }
    }

    /// <summary>Writes to a file of the kernel's; false where it is not there, or the kernel refuses.</summary>
    public static bool TryWrite(string path, string value)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(Encoding.ASCII.GetBytes(value));
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A file of one number; null for "max", and where the file is not there.</summary>
    public static ulong? Number(string path) => ParseNumber(Text(path));

    public static ulong? ParseNumber(string? text) =>
        ulong.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string[] Words(string path) => (Text(path) ?? "").Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A file of "name number" lines.</summary>
    public static FlatKeys Keys(string path) => FlatKeys.Parse(Text(path) ?? "");

    // ENODEV: the file was open when the cgroup was removed.
    private static bool IsRemoved(Exception failure) => failure is IOException { HResult: 19 };
}
