namespace Ocid.Daemon.Commands;

/// <summary>One finding about an image; the words are those of the enumerations, in lower case.</summary>
internal sealed record FindingRow(string Check, string Result, string Subject, string? Path, string Detail);
