using Ocid.Cri.V1;

namespace Ocid.Daemon.Manifests;

/// <summary>A container's port that the host forwards.</summary>
internal sealed record PortManifest(Protocol Protocol, int ContainerPort, int HostPort, string HostIp);
