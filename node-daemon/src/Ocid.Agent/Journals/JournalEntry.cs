namespace Ocid.Agent.Journals;

/// <summary>A path that was written.</summary>
/// <param name="Path">The host's path.</param>
/// <param name="Kind">What was put there.</param>
/// <param name="Content">Of a file the digest of its content, of a link its target; else empty.</param>
/// <param name="Before">What was there before; null for nothing.</param>
public sealed record JournalEntry(string Path, EntryKind Kind, string Content = "", Backup? Before = null);
