using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ocid.Streaming.Commands;

/// <summary>How a command or an attachment ended, as clients are told.</summary>
/// <param name="ExitCode">The command's own; 0 also for an attachment that ended with its container.</param>
/// <param name="Failure">Why there is none; null when there is.</param>
internal sealed record CommandStatus(int ExitCode, string? Failure = null)
{
    public override string ToString() => Failure ?? string.Create(CultureInfo.InvariantCulture, $"exit code {ExitCode}");

    /// <summary>The JSON form, which is always sent.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(ToMessage(), StatusJson.Default.StatusMessage);

    /// <summary>The older form: text that stands for a failure; nothing when there is none.</summary>
    public byte[] ToText() => Encoding.UTF8.GetBytes(ToMessage().Message ?? "");

    private StatusMessage ToMessage()
    {
        if (Failure is not null)
            return new StatusMessage("Failure", $"Internal error occurred: {Failure}", "InternalError", new StatusDetails([new StatusCause(Failure)]), 500);
        if (ExitCode == 0)
            return new StatusMessage("Success");
        var code = ExitCode.ToString(CultureInfo.InvariantCulture);
        return new StatusMessage("Failure", $"command terminated with non-zero exit code: exit status {code}", "NonZeroExitCode", new StatusDetails([new StatusCause(code, "ExitCode")]));
    }
}
