using System.Globalization;
using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Runtime.Monitoring.Server;

// The files through which a runtime answers.
internal sealed class LaunchFiles(string prefix)
{
    public string PidPath { get; } = prefix + ".pid";

    public string LogPath { get; } = prefix + ".log";

    public void Clear()
    {
        File.Delete(PidPath);
        File.Delete(LogPath);
    }

    public int ReadPid() =>
        int.TryParse(File.ReadAllText(PidPath).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? pid
            : throw new OcidException(ErrorKind.Internal, $"read {PidPath}: no pid");

    /// <summary>The message of the log's last line that is an error; null when there is none.</summary>
    public string? ReadLastError()
    {
        if (!File.Exists(LogPath))
            return null;
        string? last = null;
        foreach (var line in File.ReadLines(LogPath))
        {
            if (TryReadError(line, out var message))
                last = message;
        }

        return last;
    }

    private static bool TryReadError(string line, out string? message)
    {
        message = null;
        try
        {
            using var entry = JsonDocument.Parse(line);
            if (entry.RootElement.TryGetProperty("level", out var level) && level.GetString() is "error" or "fatal")
                message = entry.RootElement.GetProperty("msg").GetString()?.Trim();
        }
        catch (JsonException)
        {
            message = null; // not a line of a log
        }

        return message is not null;
    }
}
