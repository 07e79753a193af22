namespace Ocid.Streaming;

/// <summary>The size of a terminal, in characters.</summary>
/// <param name="Columns">Characters in a line, at least 1.</param>
/// <param name="Rows">Lines, at least 1.</param>
public readonly record struct TerminalSize(ushort Columns, ushort Rows);
