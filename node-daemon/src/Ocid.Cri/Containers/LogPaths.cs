using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Cri.Containers;

internal static class LogPaths
{
    /// <summary>The log's path on this host; null when the request wants no log.</summary>
    /// <exception cref="OcidException">InvalidArgument: the path leads out of the sandbox's log directory.</exception>
    public static string? Resolve(string logDirectory, string logPath)
    {
        if (logDirectory.Length == 0 || logPath.Length == 0)
            return null;
        if (!logDirectory.StartsWith('/'))
            throw new OcidException(ErrorKind.InvalidArgument, $"log_directory {Quoted.Text(logDirectory)}: want an absolute path");
        if (logPath.StartsWith('/') || logPath.Split('/').Contains("..") || logPath.Any(char.IsControl))
            throw new OcidException(ErrorKind.InvalidArgument, $"log_path {Quoted.Text(logPath)}: want a path inside log_directory");
        return Path.Combine(logDirectory, logPath);
    }

    /// <summary>Makes the directories that a log needs, resolved inside the sandbox's log directory.</summary>
    public static void EnsureDirectories(string logDirectory, string logPath)
    {
        Directory.CreateDirectory(logDirectory);
        using var directory = RootedDirectory.Open(logDirectory);
        if (Path.GetDirectoryName(logPath) is { Length: > 0 } parent)
            directory.CreateDirectories(parent).Dispose();
    }
}
