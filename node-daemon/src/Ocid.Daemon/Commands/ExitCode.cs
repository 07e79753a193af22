namespace Ocid.Daemon.Commands;

/// <summary>What <c>ocid</c> exits with. <c>exec</c> passes the command's own status on and keeps podman's three for what is not the command's.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int ExecFailed = 125;
    public const int NotExecutable = 126;
    public const int CommandNotFound = 127;
    public const int Interrupted = 130;
}
