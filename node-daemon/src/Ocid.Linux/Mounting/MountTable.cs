using System.Globalization;
using System.Text;

namespace Ocid.Linux.Mounting;

/// <summary>The mounts that a process sees.</summary>
/// <remarks>https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html</remarks>
public static class MountTable
{
    /// <summary>The mounts of this process, in the order they were made.</summary>
    /// <param name="procRoot">Where procfs is; another path in tests.</param>
    public static IReadOnlyList<MountInfo> Read(string procRoot = "/proc") => Parse(File.ReadAllText(Path.Combine(procRoot, "self", "mountinfo")));

    /// <summary>Is a mount point exactly at this path? Symlinks are not followed.</summary>
    public static bool IsMountPoint(string path, string procRoot = "/proc")
    {
        var wanted = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Read(procRoot).Any(mount => mount.MountPoint == wanted);
    }

    /// <summary>The mount that holds a path, by the text of the path: the topmost one of the longest mount point above it.</summary>
    public static MountInfo? Holding(string path, string procRoot = "/proc")
    {
        var wanted = Path.GetFullPath(path);
        return Read(procRoot)
            .Where(mount => mount.MountPoint == "/" || wanted == mount.MountPoint || wanted.StartsWith(mount.MountPoint + "/", StringComparison.Ordinal))
            .Aggregate((MountInfo?)null, (best, mount) => best is null || mount.MountPoint.Length >= best.MountPoint.Length ? mount : best);
    }

    /// <summary>Reads the text of a mountinfo file; lines of another shape are left out.</summary>
    public static IReadOnlyList<MountInfo> Parse(string text)
    {
        var mounts = new List<MountInfo>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ParseLine(line.Split(' ')) is { } mount)
                mounts.Add(mount);
        }

        return mounts;
    }

    private static MountInfo? ParseLine(string[] fields)
    {
        var separator = Array.IndexOf(fields, "-");
        if (separator < 6 || fields.Length < separator + 4
            || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent))
            return null;

        return new MountInfo(
            id, parent, fields[2], Unescape(fields[3]), Unescape(fields[4]), fields[5], fields[6..separator],
            fields[separator + 1], Unescape(fields[separator + 2]), fields[separator + 3]);
    }

    // Space, tab, newline and backslash come as three octal digits.
    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
            return field;

        var plain = new StringBuilder(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 3 < field.Length && IsOctal(field[i + 1]) && IsOctal(field[i + 2]) && IsOctal(field[i + 3]))
            {
                plain.Append((char)(((field[i + 1] - '0') * 64) + ((field[i + 2] - '0') * 8) + (field[i + 3] - '0')));
                i += 3;
            }
            else
            {
                plain.Append(field[i]);
            }
        }

        return plain.ToString();
    }

    private static bool IsOctal(char c) => c is >= '0' and <= '7';
}
