using Ocid.Linux.Namespaces;

namespace Ocid.Networking;

/// <summary>Who the users and groups of a pod's user namespace are outside.</summary>
/// <param name="Users">User ids.</param>
/// <param name="Groups">Group ids.</param>
public sealed record PodUsers(IdRange Users, IdRange Groups);
