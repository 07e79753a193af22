namespace Ocid.Daemon.Manifests;

/// <summary>A volume: a path of the host, or, without one, an empty directory of the pod's.</summary>
/// <param name="Name">The name that containers mount it by.</param>
/// <param name="HostPath">The host's path; null for an emptyDir.</param>
/// <param name="HostPathType">What the path must be, or be made; empty for anything.</param>
internal sealed record VolumeManifest(string Name, string? HostPath, string HostPathType);
