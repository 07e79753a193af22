namespace Ocid.Streaming.Commands;

/// <summary>One cause of a failure; an exit code is the message of the reason <c>ExitCode</c>.</summary>
internal sealed record StatusCause(string Message, string? Reason = null);
