namespace Ocid.Daemon.Commands;

/// <summary>One problem of the store; the kind is the enumeration's word in lower case.</summary>
internal sealed record ProblemRow(string Kind, string What, string Detail);
