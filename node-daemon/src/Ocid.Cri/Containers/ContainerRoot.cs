using Ocid.Linux.Namespaces;

namespace Ocid.Cri.Containers;

/// <summary>A container's mounted root file system.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Users">The user namespace to whose users its files belong; null: the host's.</param>
internal sealed record ContainerRoot(string Path, PinnedUserNamespace? Users);
