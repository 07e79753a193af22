namespace Ocid.Daemon.Commands;

/// <summary>One problem of the store; the kind is the enumeration's word in lower case, the images are those that are not whole for it.</summary>
internal sealed record ProblemRow(string Kind, string What, string Detail, IReadOnlyList<string> Images);
