using Ocid.Cri.V1;

namespace Ocid.Daemon.Manifests;

/// <summary>Where a container sees a volume.</summary>
internal sealed record VolumeMountManifest(string Volume, string Path, bool ReadOnly, MountPropagation Propagation);
