using System.Text;
using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Runtime.Oci;

/// <summary>The log of a runtime, one JSON object a line.</summary>
public static class RuntimeLog
{
    /// <summary>The message of the last error in a log; the last line of another kind where there is none; null when the log is empty.</summary>
    public static string? LastError(ReadOnlySpan<byte> log)
    {
        string? error = null;
        string? other = null;
        foreach (var line in Encoding.UTF8.GetString(log).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Read(line) is { } entry)
                error = entry.Level is "error" or "fatal" ? entry.Message : error;
            else
                other = line;
        }

        return (error ?? other) is { } message ? Plain(message) : null;
    }

    private static RuntimeLogEntry? Read(string line)
    {
        if (!line.StartsWith('{'))
            return null;
        try
        {
            return JsonSerializer.Deserialize(line, RuntimeSerializerContext.Default.RuntimeLogEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // The message goes into other messages: one line, no quotes around all of it.
    private static string Plain(string message) => Quoted.Text(message.Trim())[1..^1];
}
