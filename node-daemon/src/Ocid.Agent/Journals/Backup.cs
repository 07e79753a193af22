namespace Ocid.Agent.Journals;

/// <summary>What was at a path before it was written: a file, or a symbolic link.</summary>
/// <param name="Target">The link's target; null of a file.</param>
/// <param name="File">The name of the copy of the file's content, in the journal's own directory; null of a link.</param>
/// <param name="Permissions">The file's permission bits.</param>
/// <param name="UserId">Its owner.</param>
/// <param name="GroupId">Its group.</param>
/// <param name="ModifiedSeconds">When it was modified, in seconds after 1970.</param>
/// <param name="ModifiedNanoseconds">And the nanoseconds.</param>
public sealed record Backup(string? Target, string? File, uint Permissions, uint UserId, uint GroupId, long ModifiedSeconds, int ModifiedNanoseconds);
