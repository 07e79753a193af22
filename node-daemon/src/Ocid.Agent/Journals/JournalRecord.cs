namespace Ocid.Agent.Journals;

/// <summary>The journal's file.</summary>
/// <param name="Version">1.</param>
/// <param name="Entries">What was written, the first first.</param>
internal sealed record JournalRecord(int Version, IReadOnlyList<JournalEntry> Entries);
