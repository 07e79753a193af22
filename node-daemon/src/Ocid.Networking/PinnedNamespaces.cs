namespace Ocid.Networking;

/// <summary>The pins of a pod's namespaces; a path is null where the pod shares the host's.</summary>
/// <param name="Directory">The directory that holds the pins.</param>
/// <param name="NetworkPath">The network namespace.</param>
/// <param name="IpcPath">The IPC namespace.</param>
/// <param name="UtsPath">The UTS namespace.</param>
/// <param name="UserPath">The user namespace.</param>
public sealed record PinnedNamespaces(string Directory, string? NetworkPath, string? IpcPath, string? UtsPath, string? UserPath = null);
