namespace Ocid.Runtime.Monitoring.Protocol;

internal static class DescriptorName
{
    public const string Process = "process";
    public const string Stdin = "stdin";
    public const string Stdout = "stdout";
    public const string Stderr = "stderr";
    public const string Master = "master";

    /// <summary>The write end of the pipe through which a terminal's output goes to the log; its read end is <see cref="Stdout"/>.</summary>
    public const string TerminalFeed = "terminalFeed";
}
