namespace Ocid.Revisions;

/// <summary>A file that a revision is made of.</summary>
/// <param name="Path">Where it is to be, below the revision's directory.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Mode">Its permission bits.</param>
/// <param name="Needs">What a change of it costs a node.</param>
public sealed record RevisionContent(RevisionPath Path, byte[] Content, int Mode, Disruption Needs);
