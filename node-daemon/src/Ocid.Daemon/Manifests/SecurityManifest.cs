using Ocid.Cri.V1;

namespace Ocid.Daemon.Manifests;

/// <summary>A security context, of a pod or of a container; what is null is not said there.</summary>
internal sealed record SecurityManifest
{
    public long? User { get; init; }

    public long? Group { get; init; }

    public bool? NonRoot { get; init; }

    public IReadOnlyList<long> SupplementalGroups { get; init; } = [];

    public SecurityProfile? Seccomp { get; init; }

    public SecurityProfile? AppArmor { get; init; }

    public SELinuxOption? Selinux { get; init; }

    public bool Privileged { get; init; }

    public bool ReadOnlyRoot { get; init; }

    public bool AllowEscalation { get; init; } = true;

    public IReadOnlyList<string> AddedCapabilities { get; init; } = [];

    public IReadOnlyList<string> DroppedCapabilities { get; init; } = [];
}
