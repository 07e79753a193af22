namespace Ocid.Daemon.Commands;

/// <summary>One image of <c>ocid images</c>; the table has a line for each of its tags.</summary>
internal sealed record ImageRow(string Id, IReadOnlyList<string> RepoTags, IReadOnlyList<string> RepoDigests, long Size, DateTimeOffset? Created);
