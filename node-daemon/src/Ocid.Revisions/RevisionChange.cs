namespace Ocid.Revisions;

/// <summary>A file that is not the same in two revisions.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Needs">What that costs a node.</param>
public sealed record RevisionChange(RevisionPath Path, ChangeKind Kind, Disruption Needs);
