using System.Globalization;

namespace Ocid.Linux;

/// <summary>Who has something open in a directory, as <c>/proc</c> tells it.</summary>
public static class PathUsers
{
    private static readonly string[] s_links = ["cwd", "root", "exe"];

    /// <summary>The processes that have a file open in a directory, run a program of it, or are in it; by pid.</summary>
    /// <param name="directory">An absolute path without links.</param>
    /// <param name="procRoot">Where procfs is; another path in tests.</param>
    public static IReadOnlyList<PathUser> Of(string directory, string procRoot = "/proc")
    {
        var users = new List<PathUser>();
        foreach (var process in Directory.EnumerateDirectories(procRoot))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Uses(process, directory))
                users.Add(new PathUser(pid, Name(process)));
        }

        return [.. users.OrderBy(user => user.Pid)];
    }

    private static bool Uses(string process, string directory)
    {
        try
        {
            return s_links.Select(link => Path.Combine(process, link)).Concat(Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd")))
                .Any(link => new FileInfo(link).LinkTarget is { } target && (target == directory || target.StartsWith(directory + "/", StringComparison.Ordinal)));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false; // ended meanwhile, or a kernel thread
        }
    }

    private static string Name(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "?";
        }
    }
}
