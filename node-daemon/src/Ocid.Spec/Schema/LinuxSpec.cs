namespace Ocid.Spec.Schema;

/// <summary>The Linux part of a container.</summary>
/// <remarks>https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md</remarks>
public sealed record LinuxSpec
{
    /// <summary>User ids of the user namespace.</summary>
    public IReadOnlyList<LinuxIdMapping>? UidMappings { get; init; }

    /// <summary>Group ids of the user namespace.</summary>
    public IReadOnlyList<LinuxIdMapping>? GidMappings { get; init; }

    /// <summary>Kernel parameters of the container's namespaces.</summary>
    public IReadOnlyDictionary<string, string>? Sysctl { get; init; }

    /// <summary>Limits.</summary>
    public LinuxResources? Resources { get; init; }

    /// <summary>A path for cgroupfs, slice:prefix:name for systemd.</summary>
    public string? CgroupsPath { get; init; }

    /// <summary>Namespaces to make or to join; what is absent is inherited.</summary>
    public IReadOnlyList<LinuxNamespace>? Namespaces { get; init; }

    /// <summary>Device nodes beyond the ones that every container has.</summary>
    public IReadOnlyList<LinuxDevice>? Devices { get; init; }

    /// <summary>System call filter.</summary>
    public LinuxSeccomp? Seccomp { get; init; }

    /// <summary>Propagation of the root: private, slave, shared, unbindable, with or without a leading r.</summary>
    public string? RootfsPropagation { get; init; }

    /// <summary>Paths that read as empty.</summary>
    public IReadOnlyList<string>? MaskedPaths { get; init; }

    /// <summary>Paths that are read-only.</summary>
    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    /// <summary>SELinux label of the container's own mounts.</summary>
    public string? MountLabel { get; init; }
}
