namespace Ocid.Streaming.Commands;

/// <summary>More about a failure.</summary>
internal sealed record StatusDetails(IReadOnlyList<StatusCause> Causes);
