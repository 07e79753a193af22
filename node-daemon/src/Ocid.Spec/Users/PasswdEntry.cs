namespace Ocid.Spec.Users;

/// <summary>A line of passwd(5).</summary>
public sealed record PasswdEntry(string Name, uint Uid, uint Gid, string Home);
