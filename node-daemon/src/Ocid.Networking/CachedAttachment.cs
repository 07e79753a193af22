using Ocid.Primitives;

namespace Ocid.Networking;

/// <summary>An attachment on record, also after a restart or a reboot.</summary>
/// <param name="Id">The sandbox.</param>
/// <param name="Namespace">The pod's Kubernetes namespace.</param>
/// <param name="Name">The pod's name.</param>
/// <param name="NetworkNamespacePath">The pin at the time of ADD; it may be gone.</param>
/// <param name="Detaching">True: a DEL is due and being tried again.</param>
public sealed record CachedAttachment(PodSandboxId Id, string Namespace, string Name, string NetworkNamespacePath, bool Detaching);
