namespace Ocid.Spec.Users;

/// <summary>A line of group(5).</summary>
public sealed record GroupEntry(string Name, uint Gid, IReadOnlyList<string> Members);
