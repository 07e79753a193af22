namespace Ocid.Linux.Namespaces;

/// <summary>A user namespace that lives without a process, and who its user 0 is outside. Its ids are one range that begins with 0.</summary>
/// <param name="Path">The pin: a bind mount of a /proc/PID/ns/user file.</param>
/// <param name="RootUid">The user id outside of user 0 inside.</param>
/// <param name="RootGid">The group id outside of group 0 inside.</param>
public sealed record PinnedUserNamespace(string Path, uint RootUid, uint RootGid);
