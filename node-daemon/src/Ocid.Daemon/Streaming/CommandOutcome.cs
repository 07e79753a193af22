using System.Globalization;
using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Daemon.Streaming;

/// <summary>How a command ended: the part of Kubernetes' <c>meta/v1 Status</c> that tells.</summary>
internal static class CommandOutcome
{
    /// <exception cref="OcidException">Aborted: the server said nothing. Internal: the command could not be run; the message says why.</exception>
    public static int ExitCode(ReadOnlyMemory<byte> status)
    {
        if (status.IsEmpty)
            throw new OcidException(ErrorKind.Aborted, "the daemon has closed the connection before the command ended");
        using var document = JsonDocument.Parse(status);
        var told = document.RootElement;
        if (Text(told, "status") == "Success")
            return 0;
        var cause = told.TryGetProperty("details", out var details) && details.TryGetProperty("causes", out var causes) && causes.GetArrayLength() > 0 ? causes[0] : default;
        var isExit = Text(told, "reason") == "NonZeroExitCode" && int.TryParse(Text(cause, "message"), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return isExit
            ? int.Parse(Text(cause, "message"), CultureInfo.InvariantCulture)
            : throw new OcidException(ErrorKind.Internal, Text(cause, "message") is { Length: > 0 } known ? known : Text(told, "message"));
    }

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
