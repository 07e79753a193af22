namespace Ocid.Runtime.Monitoring;

/// <summary>What a process run in a container did.</summary>
/// <param name="ExitCode">Its exit code, or 128 + n when signal n ended it.</param>
/// <param name="Output">Its standard output, up to the limit.</param>
/// <param name="Error">Its standard error, up to the limit.</param>
public sealed record ExecResult(int ExitCode, byte[] Output, byte[] Error);
