using System.Text;

namespace Ocid.Linux;

/// <summary>What a child did.</summary>
/// <param name="ExitCode">Its exit code, or 128 + n when signal n ended it.</param>
/// <param name="Output">Its standard output, up to the limit asked for.</param>
/// <param name="Error">Its standard error, up to the limit asked for.</param>
public sealed record CommandResult(int ExitCode, byte[] Output, byte[] Error)
{
    /// <summary>Whether the exit code is 0.</summary>
    public bool IsSuccess => ExitCode == 0;

    /// <summary>The standard output as text.</summary>
    public string OutputText => Encoding.UTF8.GetString(Output);

    /// <summary>The last line of the standard error that is not empty, where programs say what went wrong; empty when there is none.</summary>
    public string LastErrorLine =>
        Encoding.UTF8.GetString(Error).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
}
